'use client'
import type { FileInput, Restrictions, UploadItem, Uploader } from '@cosdrop/core'
import { dragKind, filesFromInput, filesFromTransfer, toInputAccept, type DragVerdict, type FilesFromTransferOptions } from '@cosdrop/core/dom'
import { useRef, useState, type DragEvent, type HTMLAttributes, type InputHTMLAttributes, type Ref, type SyntheticEvent } from 'react'
import { chain } from './chain.ts'
import { fields, passes } from './event-path.ts'
import { useDropGuard } from './use-drop-guard.ts'

export interface DropzoneOptions {
  /** For the file dialog's filter, and for what is said while dragging. */
  readonly restrictions?: Restrictions | undefined
  /** @default false */
  readonly disabled?: boolean | undefined
  /** The file dialog picks folders. Dropped folders are read in either case. @default false */
  readonly directory?: boolean | undefined
  /** A click on the root, outside of its own controls, opens the file dialog. @default true */
  readonly openOnClick?: boolean | undefined
  /** Files dropped beside the zone are ignored instead of replacing the page. @default true */
  readonly guardPage?: boolean | undefined
  /** Told of a file or folder inside a dropped folder that the browser cannot open. The others are added. @default the page's `error` event */
  readonly onUnreadable?: ((relativePath: string, cause: unknown) => void) | undefined
  /** Told of what was chosen, dropped or pasted at once, when it is read: the files, which are added after that, and the paths that cannot be opened. */
  readonly onTaken?: ((files: readonly FileInput[], unreadable: readonly string[]) => void) | undefined
}

interface DataAttributes {
  readonly [attribute: `data-${string}`]: string | undefined
}
/** Without `color`, which React has for RDFa and component libraries have for a word of their own. */
export type RootProps<Element extends HTMLElement = HTMLElement> = Omit<HTMLAttributes<Element>, 'color'> & DataAttributes
export type TriggerProps = RootProps<HTMLButtonElement> & {
  readonly type?: 'button' | 'submit' | 'reset' | undefined
  readonly disabled?: boolean | undefined
}
export type InputProps = InputHTMLAttributes<HTMLInputElement> &
  DataAttributes & { readonly ref?: Ref<HTMLInputElement> | undefined; readonly refKey?: string | undefined }

export interface Dropzone {
  /** Files are being dragged over the root. */
  readonly isDragActive: boolean
  /** As far as the browser tells while dragging, all of them may be added. Known a moment after the drag has begun. */
  readonly isDragAccept: boolean
  readonly isDragReject: boolean
  /** How many; `null` when nothing is dragged or the browser does not tell. */
  readonly dragCount: number | null
  /** Opens the file dialog. Browsers allow it in answer to a click or a key only. */
  readonly open: () => void
  /** For the element that takes drops and pastes. A drop zone is no button: put a trigger in it, for the keyboard. */
  readonly getRootProps: <Element extends HTMLElement = HTMLElement>(props?: RootProps<Element>) => RootProps<Element>
  /** For `<input>`: out of sight, yet there for the browser. `refKey` renames the ref for components that need it. */
  readonly getInputProps: (props?: InputProps) => InputProps
  /** For a `<button>` that opens the file dialog. */
  readonly getTriggerProps: (props?: TriggerProps) => TriggerProps
  /** For the element of one item. React Compiler keeps what an id gives, and its state with it: hand such a row the item. */
  readonly getItemProps: <Element extends HTMLElement = HTMLElement>(item: string | UploadItem, props?: RootProps<Element>) => RootProps<Element>
}

interface Drag {
  readonly count: number | null
  readonly verdict: DragVerdict
  /** Entered last. */
  readonly target: EventTarget
}

const controls = `${fields},a,button,label,select,summary,[role=button],[data-scope=cosdrop][data-part=root]`
// Whether a drop was prevented on its way to the zone, as react-dnd does wherever files are dropped on the page: that says nothing of who
// takes them. There what takes a drop within a zone has to keep it from going on: that it prevents it does not show.
let preventedBefore = false
// `display: none` would take the input out of form validation, and some browsers refuse to open its dialog.
const outOfSight = { position: 'absolute', width: 1, height: 1, clipPath: 'inset(50%)' } as const

/** Prop getters for choosing, dropping and pasting files into `uploader`. Each merges the props that it is handed: the app's handler runs first and can stop ours by `preventDefault()`. */
export function useDropzone(
  uploader: Uploader,
  {
    restrictions = {},
    disabled,
    directory,
    openOnClick = true,
    guardPage = true,
    onUnreadable = (_path, cause) => reportError(cause),
    onTaken,
  }: DropzoneOptions = {},
): Dropzone {
  const [drag, setDrag] = useState<Drag | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useDropGuard(guardPage, input, setDrag)

  // Browsers open no dialog of a disabled input.
  const open = (): void => input.current?.click()
  // By a `<fieldset>` around it as well.
  const isOff = (): boolean | undefined => disabled || input.current?.matches(':disabled')
  const part = (name: string): DataAttributes => ({ 'data-scope': 'cosdrop', 'data-part': name, 'data-disabled': disabled ? '' : undefined })
  const take = (files: readonly FileInput[], unreadable: readonly string[] = []): void => {
    try {
      onTaken?.(files, unreadable)
    } finally {
      uploader.add(files)
    }
  }
  const addFrom = (event: SyntheticEvent, data: DataTransfer): void => {
    if (isOff() || !data?.files?.length) return
    event.preventDefault()
    const unreadable: string[] = []
    const options: FilesFromTransferOptions = {
      onUnreadable(path, cause) {
        unreadable.push(path)
        onUnreadable(path, cause)
      },
    }
    void filesFromTransfer(data, options).then((files) => take(files, unreadable))
  }
  const addChosen = (element: HTMLInputElement): void => {
    if (!element.files?.length) return
    take(filesFromInput(element))
    // Choosing the same file again must be a change again.
    element.value = ''
  }
  const onDragOver = (event: DragEvent<HTMLElement>): void => {
    const { dataTransfer, target, type } = event
    if (isOff() || !dataTransfer?.types?.includes('Files')) return
    event.preventDefault()
    dataTransfer.dropEffect = 'copy'
    if (type === 'dragover') return
    const { count, verdict } = dragKind(dataTransfer, {
      ...restrictions,
      maxFiles: restrictions.maxFiles && restrictions.maxFiles - uploader.getSnapshot().totals.files,
    })
    setDrag((before) => ({ target, count, verdict: before?.verdict ?? 'unknown' }))
    void verdict.then((told) => setDrag((now) => now && { ...now, verdict: told }))
  }

  return {
    isDragActive: !!drag,
    isDragAccept: drag?.verdict === 'accept',
    isDragReject: drag?.verdict === 'reject',
    dragCount: drag && drag.count,
    open,
    getRootProps: <Element extends HTMLElement = HTMLElement>(props: RootProps<Element> = {}): RootProps<Element> => ({
      ...part('root'),
      'data-dragging': drag?.verdict,
      ...props,
      // Chromium makes a file of a picture that is dragged: thumbnails moved within their list would be uploaded again. Where there is none, -1 is no
      // item's place.
      onDragStart: chain(props.onDragStart, (event) => {
        const items = event.dataTransfer?.items
        items?.remove([...items].findIndex(({ kind }) => kind === 'file'))
      }),
      onDragEnter: chain(props.onDragEnter, onDragOver),
      onDragOver: chain(props.onDragOver, onDragOver),
      // What comes next is entered before the last is left: children that are crossed change nothing.
      onDragLeave: chain(props.onDragLeave, (event) => setDrag((now) => (now?.target === event.target ? null : now))),
      // Whoever takes the files, and whether he tells: the drag is over.
      onDropCapture: (event) => {
        setDrag(null)
        preventedBefore = event.defaultPrevented
        props.onDropCapture?.(event)
      },
      onDrop: (event) => {
        event.defaultPrevented &&= !preventedBefore
        preventedBefore = false
        chain(props.onDrop, () => addFrom(event, event.dataTransfer))(event)
      },
      onPaste: chain(props.onPaste, (event) => {
        // Spreadsheets put a picture of the cells beside their text: in a text field the text is meant.
        if (!passes(event.nativeEvent.composedPath(), fields) || !event.clipboardData?.types?.includes('text/plain'))
          addFrom(event, event.clipboardData)
      }),
      onClick: chain(props.onClick, (event) => {
        // Not what a portal shows elsewhere, nor a zone or a control inside this one, were it a web component's; a root may be a button.
        const path = event.nativeEvent.composedPath()
        if (!openOnClick || !path.includes(event.currentTarget) || passes(path.slice(0, path.indexOf(event.currentTarget)), controls)) return
        // Of a label, which would open it again.
        event.preventDefault()
        open()
      }),
      onKeyDown: chain(props.onKeyDown, (event) => {
        // Only for a root that the app made focusable: keys of the controls in it are theirs.
        if (event.target !== event.currentTarget || !['Enter', ' '].includes(event.key)) return
        event.preventDefault()
        open()
      }),
    }),
    getInputProps: ({ refKey = 'ref', ref, ...props } = {}) => ({
      ...part('hidden-input'),
      type: 'file',
      accept: toInputAccept(restrictions.accept),
      multiple: restrictions.maxFiles !== 1,
      disabled,
      style: outOfSight,
      webkitdirectory: directory ? '' : undefined,
      ...props,
      // One that `open` has made is none on the root.
      onClick: chain(props.onClick, (event) => event.stopPropagation()),
      onChange: chain(props.onChange, (event) => addChosen(event.currentTarget)),
      [refKey]: (node: HTMLInputElement | null) => {
        input.current = node
        // Not at each render: what is chosen later the app may have kept for itself.
        if (node && !node.oncancel) {
          // The file dialog's own, which bubbles: an app's `<dialog>` would take it for its own, close, and end what runs in it.
          node.oncancel = (event) => event.stopPropagation()
          // Chosen in the server's markup, before the page came alive: nobody heard that change.
          addChosen(node)
        }
        const clean = typeof ref === 'function' ? ref(node) : ref && (ref.current = node)
        if (typeof clean !== 'function') return undefined
        // React 19 calls that when the node goes, and not this function again.
        return () => {
          input.current = null
          clean()
        }
      },
    }),
    getTriggerProps: (props = {}) => ({ ...part('trigger'), type: 'button', disabled, ...props, onClick: chain(props.onClick, open) }),
    getItemProps: <Element extends HTMLElement = HTMLElement>(given: string | UploadItem, props: RootProps<Element> = {}): RootProps<Element> => {
      const item = typeof given === 'string' ? uploader.getItem(given) : given
      return { ...part('item'), 'data-id': typeof given === 'string' ? given : given.id, 'data-state': item?.status, ...props }
    },
  }
}
