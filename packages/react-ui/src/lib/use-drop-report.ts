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
  /** Of the drop that is being read something was told already. */
  const told = useRef(false)

  const tellUnreadable = (name: string): void => {
    setUnreadable((before) => [...before, { file: new Blob(), name, errors: [{ code: 'file-unreadable', message: '' }] }])
    say(messages.rejectedTitle(1))
  }
  const add: Uploader['add'] = (files) => {
    const given = [...files]
    const nothing = given.length === 0 && !told.current
    told.current = false
    setFoundNothing(nothing)
    if (nothing) say(messages.emptyFolder)
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
      told.current = true
      if (onUnreadable) onUnreadable(path, cause)
      else tellUnreadable(path)
    },
  }
}
