'use client'
import type { FileRejection, Restrictions } from '@cosdrop/core'
import type { DropzoneOptions } from '@cosdrop/react'
import { useState } from 'react'
import type { DropzoneState } from './dropzone-context.ts'
import type { Format } from './format/format.ts'
import type { Messages } from './messages/messages.ts'
import { rejectionSentences } from './rejection-sentences.ts'

export interface DropReport extends Pick<DropzoneState, 'unreadable' | 'foundNothing' | 'dismissUnreadable'> {
  readonly onTaken: NonNullable<DropzoneOptions['onTaken']>
}

interface DropReportOptions {
  readonly messages: Messages
  readonly format: Format
  readonly restrictions: Restrictions
  readonly say: (text: string) => void
  /** The app tells itself of files that cannot be opened. */
  readonly silent: boolean
}

/** What no uploader knows of a drop: files that cannot be opened, and folders without any. */
export function useDropReport({ messages, format, restrictions, say, silent }: DropReportOptions): DropReport {
  const [unreadable, setUnreadable] = useState<readonly FileRejection[]>([])
  const [foundNothing, setFoundNothing] = useState(false)

  return {
    unreadable,
    foundNothing,
    dismissUnreadable() {
      setUnreadable([])
      setFoundNothing(false)
    },
    onTaken(files, missing) {
      const nothing = files.length + missing.length === 0
      setFoundNothing(nothing)
      if (nothing) say(messages.emptyFolder)
      if (silent || !missing.length) return
      const latest = missing.map((name): FileRejection => ({ file: new Blob(), name, errors: [{ code: 'file-unreadable', message: '' }] }))
      setUnreadable((before) => before.concat(latest))
      // Before those that the uploader refuses, which are told after this turn: the same sentence twice in one announcement is said once.
      say(rejectionSentences(latest, restrictions, messages, format).join(' '))
    },
  }
}
