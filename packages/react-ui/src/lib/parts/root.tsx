'use client'
import { systemClock, type Clock, type ObjectEncryption, type Restrictions, type Uploader } from '@cosdrop/core'
import { UploaderProvider, useDropzone, usePolicyLimits, useUploader, type DropzoneOptions, type UseUploaderOptions } from '@cosdrop/react'
import { useEffect, useMemo, useRef, useState, type AriaAttributes, type CSSProperties, type ReactElement, type ReactNode } from 'react'
import { createAnnouncerStore } from '../announcer-store.ts'
import { DropzoneContext } from '../dropzone-context.ts'
import { createFormat } from '../format/format.ts'
import { en } from '../messages/en.ts'
import type { Messages } from '../messages/messages.ts'
import { focusedNear } from '../focused-near.ts'
import { partProps } from '../part-props.ts'
import { useDropReport } from '../use-drop-report.ts'
import { useRemovalFocus } from '../use-removal-focus.ts'
import { WidgetContext, type Widget } from '../widget-context.ts'

/** `data-*` and `aria-*` are the root element's. */
export interface WidgetProps extends Pick<DropzoneOptions, 'disabled' | 'directory' | 'guardPage' | 'onUnreadable'>, AriaAttributes {
  /** All texts. @default `en` */
  readonly messages?: Messages | undefined
  /** `auto` follows the system, unless an ancestor has `data-theme`. @default 'auto' */
  readonly theme?: 'auto' | 'light' | 'dark' | undefined
  /** How the bucket stores files, to be told before anything is sent; `null` says nothing. @default what the endpoint tells (`endpointLimits`) */
  readonly encryption?: ObjectEncryption | null | undefined
  readonly id?: string | undefined
  readonly className?: string | undefined
  readonly style?: CSSProperties | undefined
  readonly dir?: 'ltr' | 'rtl' | undefined
  readonly children?: ReactNode
}

type OwnUploaderProps = UseUploaderOptions & {
  readonly uploader?: undefined
  /** Ask the endpoint (`GET`) which files it signs for and how they are stored; `restrictions` and `encryption` that are given win. @default true */
  readonly endpointLimits?: boolean | undefined
}
interface GivenUploaderProps {
  /** An uploader that outlives the widget, or that other parts of the app use as well. */
  readonly uploader: Uploader
  /** The uploader's own, so that the drop zone can tell them. */
  readonly restrictions?: Restrictions | undefined
  readonly clock?: Clock | undefined
}

/** Either the options of `useUploader` (`policy` at least), or a ready `uploader`. */
export type RootProps = WidgetProps & (OwnUploaderProps | GivenUploaderProps)

const noRestrictions: Restrictions = {}
/** The widget tells of those files itself: `useDropReport`. */
const toldHere = (): void => {}

/** The widget without a layout: state for the parts inside it, and the target of drops and pastes. */
export function Root(props: RootProps): ReactElement {
  return props.uploader ? <GivenRoot {...props} /> : <OwnRoot {...props} />
}

function OwnRoot({ endpointLimits = true, ...given }: WidgetProps & OwnUploaderProps): ReactElement {
  const limits = usePolicyLimits(given.policy, endpointLimits)
  const restrictions = useMemo(
    // What an app hands over as `undefined` is not given.
    (): Restrictions =>
      Object.assign(
        {},
        limits?.restrictions,
        Object.fromEntries(Object.entries<unknown>({ ...given.restrictions }).filter(([, rule]) => rule !== undefined)),
      ),
    [limits, given.restrictions],
  )
  const props = { ...given, restrictions, encryption: given.encryption === undefined ? limits?.encryption : given.encryption }
  const uploader = useUploader(props)
  const recovers = props.recovery !== undefined
  useEffect(() => {
    // Each time that the tree is shown: hidden before it had read, it took nothing back.
    // The simulated pages of an app's tests have neither IndexedDB nor, often, anybody to report that to.
    if (recovers) uploader.restore().catch((cause: unknown) => globalThis.reportError?.(cause))
  }, [recovers, uploader])
  // Our own props ride along in the options: an uploader reads those that it knows.
  return <GivenRoot {...props} uploader={uploader} />
}

function GivenRoot(props: WidgetProps & GivenUploaderProps): ReactElement {
  const { uploader, restrictions = noRestrictions, clock = systemClock, messages = en, theme, encryption = null } = props
  const { disabled, directory, guardPage, onUnreadable = toldHere } = props
  const root = useRef<HTMLDivElement>(null)
  const removeRow = useRemovalFocus(uploader, root)
  const [announcer] = useState(createAnnouncerStore)
  const [openRows] = useState(() => new Set<string>())

  const widget = useMemo(
    (): Widget => ({
      messages,
      format: createFormat(messages.locale, messages.units),
      clock,
      announcer,
      openRows,
      removeRow,
    }),
    [messages, clock, announcer, openRows, removeRow],
  )
  const { onTaken, ...told } = useDropReport({
    messages,
    format: widget.format,
    restrictions,
    say: announcer.say,
    silent: props.onUnreadable !== undefined,
  })
  const dropzone = useDropzone(uploader, { restrictions, disabled, directory, guardPage, onUnreadable, onTaken })

  return (
    <UploaderProvider value={uploader}>
      <WidgetContext.Provider value={widget}>
        <DropzoneContext.Provider value={{ dropzone, restrictions, encryption, disabled, ...told }}>
          <div
            {...dropzone.getRootProps({
              'data-theme': theme === 'auto' ? undefined : theme,
              ...Object.fromEntries(Object.entries(props).filter(([name]) => name.includes('-'))),
              ...partProps('root', props.className),
              // With a blank, which no reader minds: Pico.css makes a row of buttons of `[role=group]`.
              role: 'group ',
              'aria-label': props['aria-label'] ?? messages.label,
              lang: messages.locale,
              id: props.id,
              dir: props.dir,
              style: props.style,
              onKeyDown(event) {
                // Held down it clicks on and on, and "cancel", "remove", the next row's "cancel" and what opens the file dialog follow each other under
                // the focus.
                if (event.repeat && event.key === 'Enter' && focusedNear(event.currentTarget)?.localName === 'button') event.preventDefault()
              },
            })}
            // The Dropzone opens the dialog: the list is in here as well.
            {...{ onClick: undefined }}
            ref={root}
          >
            {props.children}
          </div>
        </DropzoneContext.Provider>
      </WidgetContext.Provider>
    </UploaderProvider>
  )
}
