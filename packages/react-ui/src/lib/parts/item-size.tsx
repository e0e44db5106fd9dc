'use client'
import type { ComponentProps, ReactElement } from 'react'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'

/** The file's size; while it is being sent, how much of it has been. */
export function ItemSize({ className, ...props }: ComponentProps<'span'>): ReactElement {
  const { item } = useItemState()
  const { messages, format } = useWidget()
  const sending = item.status === 'uploading' && item.phase === 'sending' && item.progress.kind === 'bytes' ? item.progress : null
  return (
    <span {...props} {...partProps('item-size', className)}>
      {sending === null ? format.bytes(item.size) : messages.bytesOf(...format.bytesOf(sending.sent, sending.total))}
    </span>
  )
}
