import type { FileRejection, Restrictions, UploadItem, UploaderEvent, UploaderSnapshot } from '@cosdrop/core'
import type { QueueState } from '@cosdrop/react'
import { explainError } from './explain-error.ts'
import type { Format } from './format/format.ts'
import { isolate } from './format/isolate.ts'
import type { Messages } from './messages/messages.ts'
import { pathOf } from './path-of.ts'
import { rejectionSentences } from './rejection-sentences.ts'

export interface Narrator {
  readonly hearEvent: (event: UploaderEvent) => void
  readonly hearSnapshot: (snapshot: Pick<UploaderSnapshot, 'items' | 'totals' | 'paused' | 'offline'>) => void
}

interface Words {
  readonly messages: Messages
  readonly format: Format
  readonly restrictions: Restrictions
}

interface Run {
  /** Files stored when the run began, and bytes sent, without what was taken out since: a second batch starts at zero again. */
  succeeded: number
  sentBytes: number
  /** Sizes of the files that had failed before, by id, as long as nothing happens to them. */
  readonly failed: Map<string, number>
  quarter: number
}

// More failures than this until all has settled are counted, not named, and told as their number doubles: a thousand sentences take an hour.
const NAMED = 2

/**
 * Says what a person who sees the list sees at a glance: start, quarters, failures, that all wait, end. Nothing twice.
 * @param words those of now: an app may hand over new ones with each render
 */
export function createNarrator(words: { readonly current: Words }, say: (text: string) => void): Narrator {
  let run: Run | null = null
  const failures: string[] = []
  let failed = 0
  let told = NAMED
  /** What was taken out last, by the engine. */
  let gone: Blob | null = null
  let refused: FileRejection[] = []
  let toldRefused = 0
  let queue: QueueState = 'open'
  /** Files that wait for a slot or are sent, and of how many of them the listener knows. */
  let waiting = 0
  let known = 0
  /** Files that wait for the button, and of how many of them the listener knows. */
  let unstarted = 0
  let knownUnstarted = 0
  let held = { files: 0, of: 0, bytes: 0 }

  function sayWaiting(): void {
    const { messages } = words.current
    if (waiting > known && (run || queue !== 'open')) {
      say(queue === 'open' ? messages.said.started(waiting) : messages[queue])
      known = waiting
    }
    if (unstarted > knownUnstarted) say(messages.said.added(unstarted))
    knownUnstarted = unstarted
  }
  function sayRefused(): void {
    const { messages, format, restrictions } = words.current
    toldRefused = refused.length
    say(rejectionSentences(refused, restrictions, messages, format).join(' '))
  }
  function forgetRefused(): void {
    refused = []
    toldRefused = 0
  }
  function sayFailures(): void {
    const latest = failures.splice(0)
    failed += latest.length
    if (failed <= NAMED) for (const failure of latest) say(failure)
    else if (failed > told) {
      say(words.current.messages.said.manyFailed(failed))
      told = failed * 2 - 1
    }
  }
  function forgetFailures(): void {
    failed = 0
    told = NAMED
  }

  return {
    hearEvent(event) {
      const { messages, format } = words.current
      if (event.type === 'files-added') forgetRefused()
      if (event.type === 'files-rejected') {
        const { rejections } = event
        // Files of the list, which the app's own rules refuse one by one, are counted as failures are: ten thousand sentences would be one for each.
        const listed = rejections[0]?.file === gone
        if (!listed) forgetRefused()
        for (const rejection of rejections) refused.push(rejection)
        if (refused.length >= 2 * toldRefused) sayRefused()
      }
      if (event.type === 'upload-failed') {
        queueMicrotask(sayFailures)
        const { item } = event
        failures.push(messages.said.failed(isolate(pathOf(item)), explainError(item.error, messages, { item, format }).title))
      }
      if (event.type === 'item-removed') {
        const { status, size, file } = event.item
        // Who takes one out himself has canceled it before.
        gone = status === 'queued' ? file : null
        if (run && status === 'success') {
          run.succeeded--
          run.sentBytes -= size
        }
      }
      if ('item' in event) run?.failed.delete(event.item.id)
      if (event.type === 'queue-settled') {
        run = null
        if (refused.length > toldRefused) sayRefused()
        // After the last of them were said.
        queueMicrotask(forgetFailures)
        const count = (status: UploadItem['status']): number => event.items.filter((item) => item.status === status).length
        const counts = { stored: count('success'), failed: count('error'), canceled: count('canceled') }
        // A single file that failed was named already.
        if (event.items.length > (counts.failed && 1)) say(messages.said.settled(counts))
        // What was added meanwhile is all that is left to do.
        knownUnstarted = 0
        queueMicrotask(sayWaiting)
      }
    },
    hearSnapshot({ items, totals, paused, offline }) {
      const { messages, format } = words.current
      unstarted = totals.unstarted
      waiting = totals.active + totals.queued - unstarted
      const now = paused ? 'paused' : offline ? 'offline' : 'open'
      known = now === queue ? Math.min(known, waiting) : 0
      queue = now
      // Once for all that an app adds one by one.
      queueMicrotask(sayWaiting)
      if (!totals.active) return
      if (!run) {
        run = { succeeded: totals.succeeded, sentBytes: totals.sentBytes, failed: new Map(), quarter: 0 }
        for (const { id, status, size } of items) if (status === 'error') run.failed.set(id, size)
        known = 0
        sayWaiting()
      }
      const { succeeded, sentBytes, failed } = run
      let bytes = totals.bytes - sentBytes
      for (const size of failed.values()) bytes -= size
      // Not all of its files are gone through with each progress.
      if (unstarted !== held.files || totals.bytes !== held.of) {
        held = { files: unstarted, of: totals.bytes, bytes: 0 }
        if (unstarted) for (const item of items) if (item.unstarted) held.bytes += item.size
      }
      bytes -= held.bytes
      const quarter = Math.floor((4 * (totals.sentBytes - sentBytes)) / bytes)
      // That of no bytes at all is not a number, and none of these.
      if (quarter > run.quarter && quarter < 4) {
        run.quarter = quarter
        say(messages.said.quarter(format.percent(quarter / 4), totals.succeeded - succeeded, totals.files - succeeded - failed.size - unstarted))
      }
    },
  }
}
