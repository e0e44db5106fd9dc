'use client'
import type { Restrictions, Uploader } from '@cosdrop/core'
import { createDragDepth, dragKind, filesFromInput, filesFromTransfer, toInputAccept, type DragKind } from '@cosdrop/core/dom'
import {
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type HTMLAttributes,
  type InputHTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react'
import { isInside, textFields } from './is-inside.ts'
import { chain, setRef } from './merge-props.ts'
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
}

interface DataAttributes {
  readonly [attribute: `data-${string}`]: string | undefined
}
export type RootProps<Element extends HTMLElement = HTMLElement> = HTMLAttributes<Element> & DataAttributes
export type TriggerProps = RootProps<HTMLButtonElement> & {
  readonly type?: 'button' | 'submit' | 'reset' | undefined
  readonly disabled?: boolean | undefined
}
export type InputProps = InputHTMLAttributes<HTMLInputElement> &
  DataAttributes & { readonly ref?: Ref<HTMLInputElement> | undefined; readonly refKey?: string | undefined }

export interface Dropzone {
  /** Files are being dragged over the root. */
  readonly isDragActive: boolean
  /** As far as the browser tells while dragging, all of them may be added. */
  readonly isDragAccept: boolean
  readonly isDragReject: boolean
  /** How many; `null` when nothing is dragged or the browser does not tell. */
  readonly dragCount: number | null
  /** Opens the file dialog. Browsers allow it in answer to a click or a key only. */
  readonly open: () => void
  /** For the element that takes drops and pastes. A drop zone is no button: put a trigger in it, for the keyboard. */
  readonly getRootProps: (props?: RootProps) => RootProps
  /** For `<input>`: out of sight, yet there for the browser. `refKey` renames the ref for components that need it. */
  readonly getInputProps: (props?: InputProps) => InputProps
  /** For a `<button>` that opens the file dialog. */
  readonly getTriggerProps: (props?: TriggerProps) => TriggerProps
  /** For the element of one item. */
  readonly getItemProps: (id: string, props?: RootProps) => RootProps
}

const controls = `${textFields},a,button,label,select,summary,[role=button]`
// `display: none` would take the input out of form validation, and some browsers refuse to open its dialog.
const outOfSight = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' } as const

/** Prop getters for choosing, dropping and pasting files into `uploader`. Each merges the props that it is handed: the app's handler runs first and can stop ours by `preventDefault()`. */
export function useDropzone(uploader: Uploader, options: DropzoneOptions = {}): Dropzone {
  const {
    restrictions,
    disabled = false,
    directory = false,
    openOnClick = true,
    guardPage = true,
    onUnreadable = (_path, cause) => reportError(cause),
  } = options
  const [drag, setDrag] = useState<DragKind | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const [depth] = useState(() =>
    createDragDepth((inside) => {
      if (!inside) setDrag(null)
    }),
  )
  useDropGuard(guardPage)

  const open = (): void => {
    if (!disabled) input.current?.click()
  }
  const part = (name: string): DataAttributes => ({ 'data-scope': 'cosdrop', 'data-part': name, 'data-disabled': disabled ? '' : undefined })
  const take = (data: DataTransfer): void => {
    void filesFromTransfer(data, { onUnreadable }).then((files) => uploader.add(files))
  }
  const takeChosen = (element: HTMLInputElement): void => {
    if (!element.files?.length) return
    uploader.add(filesFromInput(element))
    // Choosing the same file again must be a change again.
    element.value = ''
  }
  const over = (event: DragEvent<HTMLElement>): void => {
    const kind = dragKind(event.dataTransfer, restrictions)
    if (disabled || !kind) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    if (event.type !== 'dragenter') return
    depth.enter(event.target)
    setDrag(kind)
  }
  const leave = (event: DragEvent<HTMLElement>): void => depth.leave(event.target)
  const drop = (event: DragEvent<HTMLElement>): void => {
    depth.reset()
    if (disabled || !dragKind(event.dataTransfer)) return
    event.preventDefault()
    take(event.dataTransfer)
  }
  const paste = (event: ClipboardEvent<HTMLElement>): void => {
    const data = event.clipboardData
    // Spreadsheets put a picture of the cells beside their text: in a text field the text is meant.
    if (disabled || data.files.length === 0 || (isInside(event.target, textFields) && data.types.includes('text/plain'))) return
    event.preventDefault()
    take(data)
  }

  return {
    isDragActive: drag !== null,
    isDragAccept: drag?.verdict === 'accept',
    isDragReject: drag?.verdict === 'reject',
    dragCount: drag?.count ?? null,
    open,
    getRootProps: (props = {}) => ({
      ...part('root'),
      'data-dragging': drag?.verdict,
      ...props,
      onDragEnter: chain(props.onDragEnter, over),
      onDragOver: chain(props.onDragOver, over),
      onDragLeave: chain(props.onDragLeave, leave),
      onDrop: chain(props.onDrop, drop),
      onPaste: chain(props.onPaste, paste),
      onClick: chain(props.onClick, (event: MouseEvent<HTMLElement>) => {
        if (openOnClick && !isInside(event.target, controls)) open()
      }),
      onKeyDown: chain(props.onKeyDown, (event: KeyboardEvent<HTMLElement>) => {
        // Only for a root that the app made focusable: keys of the controls in it are theirs.
        if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
        event.preventDefault()
        open()
      }),
    }),
    getInputProps: ({ refKey = 'ref', ref, ...props } = {}) => ({
      ...part('hidden-input'),
      type: 'file',
      accept: restrictions?.accept && toInputAccept(restrictions.accept),
      multiple: restrictions?.maxFiles !== 1,
      disabled,
      style: outOfSight,
      ...(directory ? { webkitdirectory: '' } : null),
      ...props,
      onChange: chain(props.onChange, (event) => takeChosen(event.currentTarget)),
      [refKey]: (node: HTMLInputElement | null) => {
        input.current = node
        setRef(ref, node)
        // Chosen in the server's markup, before the page came alive: nobody heard that change.
        if (node) takeChosen(node)
      },
    }),
    getTriggerProps: (props = {}) => ({ ...part('trigger'), type: 'button', disabled, ...props, onClick: chain(props.onClick, open) }),
    getItemProps: (id, props = {}) => ({ ...part('item'), 'data-id': id, 'data-state': uploader.getItem(id)?.status, ...props }),
  }
}
