'use client'
import type { ComponentProps, ReactElement } from 'react'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { progressStyle } from '../progress-style.ts'
import { useWidget } from '../widget-context.ts'

/** A bar in room that every row keeps free: it comes and goes without moving anything. Nothing when nothing is being sent. */
export function ItemProgress({ className, ...props }: ComponentProps<'div'>): ReactElement | null {
  const { item, path } = useItemState()
  const { messages, format } = useWidget()
  if (item.status !== 'uploading' && item.status !== 'hashing' && item.status !== 'confirming') return null
  const done =
    item.status === 'hashing' ? item.hashedBytes : item.status === 'uploading' && item.progress.kind === 'bytes' ? item.progress.sent : item.size
  const unknown = item.status === 'uploading' && item.progress.kind === 'unknown'
  // 99 % until storage has answered: a full bar that goes on is a lie.
  const fraction = Math.min(0.99, done / item.size || 0)
  return (
    // A <progress> cannot hide its value from `aria-valuenow` while it is unknown, nor be drawn alike everywhere.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="progressbar"
      aria-label={messages.progressOf(path)}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(unknown ? null : { 'aria-valuenow': Math.floor(fraction * 100), 'aria-valuetext': format.percent(fraction) })}
      {...props}
      {...partProps('item-progress', className)}
      data-state={unknown ? 'indeterminate' : item.status}
      style={{ ...props.style, ...progressStyle(fraction) }}
    >
      <i />
    </div>
  )
}
