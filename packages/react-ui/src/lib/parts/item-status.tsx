'use client'
import { useQueueState } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { describeStatus } from '../describe-status.ts'
import { CheckIcon } from '../icons.tsx'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { useCountdown } from '../use-countdown.ts'
import { useWidget } from '../widget-context.ts'

/** The phase in words. Colour and icon repeat it. */
export function ItemStatus({ className, ...props }: ComponentProps<'span'>): ReactElement {
  const { item } = useItemState()
  const { messages, format, clock } = useWidget()
  const queue = useQueueState()
  const seconds = useCountdown(item.status === 'retrying' ? item.retryAt : null, clock)
  const { tone, words, aside } = describeStatus(item, queue, seconds, messages, format)
  return (
    <span {...props} {...partProps('item-status', className)} data-state={item.status} data-tone={tone}>
      {tone === 'good' && <CheckIcon />}
      {words.map((word, index) => (
        <span key={index} className="cd-word">
          {word}
        </span>
      ))}
      {aside && <span className="cd-wide"> {aside}</span>}
    </span>
  )
}
