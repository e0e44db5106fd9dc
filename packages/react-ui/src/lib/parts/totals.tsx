'use client'
import { useQueueState, useUploaderContext, useUploadIds, useUploadTotals } from '@cosdrop/react'
import { memo, type ComponentProps, type ReactElement } from 'react'
import { canRetry } from '../can-retry.ts'
import { longestLeft } from '../describe-status.ts'
import { PauseIcon, PlayIcon, RetryIcon } from '../icons.tsx'
import { partProps } from '../part-props.ts'
import { progressStyle } from '../progress-style.ts'
import { useWidget } from '../widget-context.ts'
import { ClearTrigger } from './clear-trigger.tsx'
import { LeavingButton } from './leaving-button.tsx'
import { StartTrigger } from './start-trigger.tsx'

/** All items together, by bytes, and the commands for all of them. */
export function Totals({ className, ...props }: ComponentProps<'div'>): ReactElement {
  const { messages, format } = useWidget()
  const totals = useUploadTotals()
  const { files, succeeded, bytes, sentBytes, speed, remainingSeconds } = totals
  const left = totals.active + totals.queued
  // Of no bytes at all by their number; 0 where all were canceled.
  const sent = (bytes ? sentBytes / bytes : succeeded / files) || 0
  // As in the rows: a full bar that goes on is a lie.
  const fraction = left ? Math.min(0.99, sent) : sent
  return (
    <div {...props} {...partProps('totals', className)}>
      <div className="cd-totals-line">
        <strong>{messages.doneOf(format.number(succeeded), format.number(files))}</strong>
        <span>{sentBytes < bytes ? messages.bytesOf(...format.bytesOf(sentBytes, bytes)) : format.bytes(bytes)}</span>
        {/* From its end: where there is too little room for both the time is seen. */}
        <div>
          {remainingSeconds !== null && remainingSeconds < longestLeft && <span>{messages.secondsLeft(Math.ceil(remainingSeconds))}</span>}
          {speed && <span>{messages.speed(format.bytes(speed))}</span>}
        </div>
      </div>
      <div className="cd-totals-actions">
        <StartTrigger />
        {left > totals.unstarted && <PauseTrigger />}
        <RetryAllTrigger failed={totals.failed} />
        <ClearTrigger />
      </div>
      <div
        // Drawn like the bars of the rows, see there.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="progressbar"
        aria-label={messages.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(fraction * 100)}
        className="cd-bar"
        style={progressStyle(fraction)}
      >
        <i />
      </div>
    </div>
  )
}

function PauseTrigger(): ReactElement {
  const uploader = useUploaderContext()
  const { messages } = useWidget()
  const paused = useQueueState() === 'paused'
  return (
    <LeavingButton
      part="pause-trigger"
      look="cd-button"
      data-state={paused ? 'paused' : undefined}
      act={() => (paused ? uploader.resume() : uploader.pause())}
    >
      {paused ? <PlayIcon /> : <PauseIcon />}
      {paused ? messages.resume : messages.pause}
    </LeavingButton>
  )
}

/** Goes through all items, so it renders when one has failed or gone, and not with each progress. */
const RetryAllTrigger = memo(function RetryAllTrigger({ failed }: { readonly failed: number }): ReactElement | null {
  const uploader = useUploaderContext()
  const ids = useUploadIds()
  const { messages, format } = useWidget()
  const helped = (): readonly string[] =>
    ids.filter((id) => {
      const item = uploader.getItem(id)
      return item?.status === 'error' && canRetry(item)
    })
  const count = failed && helped().length
  if (!count) return null
  const retry = (): void => {
    for (const id of helped()) uploader.retry(id)
  }
  return (
    <LeavingButton part="retry-all-trigger" look="cd-button" act={retry}>
      <RetryIcon />
      {messages.retryAll(format.number(count))}
    </LeavingButton>
  )
})
