'use client'
import type { FileRejection, Uploader } from '@cosdrop/core'
import type { DropzoneOptions } from '@cosdrop/react'
import { useRef, useState } from 'react'
import type { DropzoneState } from './dropzone-context.ts'
import type { Messages } from './messages/messages.ts'

export interface DropReport extends Pick<DropzoneState, 'unreadable' | 'foundNothing' | 'dismissUnreadable'> {
  /** The uploader, for the drop zone: it hears what comes of a drop. */
  readonly taker: Uploader
  readonly onUnreadable: NonNullable<DropzoneOptions['onUnreadable']>
}

interface DropReportOptions {
  readonly messages: Messages
  readonly say: (text: string) => void
  /** The app tells of those itself. */
  readonly onUnreadable: DropzoneOptions['onUnreadable']
}

/** What no uploader knows of a drop: files that cannot be opened, and folders without any. */
export function useDropReport(uploader: Uploader, { messages, say, onUnreadable }: DropReportOptions): DropReport {
  const [unreadable, setUnreadable] = useState<readonly FileRejection[]>([])
  const [foundNothing, setFoundNothing] = useState(false)
  /** Of the drop that is being read. */
  const unopened = useRef(0)

  const add: Uploader['add'] = (files) => {
    const given = [...files]
    const missing = unopened.current
    unopened.current = 0
    const nothing = given.length + missing === 0
    setFoundNothing(nothing)
    if (nothing) say(messages.emptyFolder)
    // Before those that the uploader refuses, which are told after this turn: the same sentence twice in one announcement is said once.
    if (missing && !onUnreadable) say(messages.rejectedTitle(missing))
    return uploader.add(given)
  }

  return {
    unreadable,
    foundNothing,
    dismissUnreadable() {
      setUnreadable([])
      setFoundNothing(false)
    },
    taker: { ...uploader, add },
    onUnreadable(path, cause) {
      unopened.current += 1
      if (onUnreadable) onUnreadable(path, cause)
      else setUnreadable((before) => [...before, { file: new Blob(), name: path, errors: [{ code: 'file-unreadable', message: '' }] }])
    },
  }
}
