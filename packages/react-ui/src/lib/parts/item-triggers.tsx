'use client'
import { isSettled } from '@cosdrop/core'
import { useUploaderContext } from '@cosdrop/react'
import type { ComponentProps, MouseEvent, ReactElement } from 'react'
import { canRetry } from '../can-retry.ts'
import { clicked } from '../clicked.ts'
import { isolate } from '../format/isolate.ts'
import { CloseIcon, RetryIcon } from '../icons.tsx'
import { useItemState } from '../item-context.ts'
import { useWidget } from '../widget-context.ts'
import { IconButton } from './icon-button.tsx'

type ButtonProps = ComponentProps<'button'>

/** Sends a failed or canceled item again, or a waiting one at once. Nothing where that cannot help. */
export function ItemRetryTrigger({ onClick, children, ...props }: ButtonProps): ReactElement | null {
  const uploader = useUploaderContext()
  const { messages } = useWidget()
  const { item, path } = useItemState()
  if (!canRetry(item)) return null
  return (
    <IconButton {...props} part="item-retry-trigger" label={messages.retry(path)} onClick={clicked(onClick, () => uploader.retry(item.id))}>
      {children ?? <RetryIcon />}
    </IconButton>
  )
}

/** Stops an item that waits or runs. Nothing for a settled one. */
export function ItemCancelTrigger(props: ButtonProps): ReactElement | null {
  return isSettled(useItemState().item) ? null : <ItemEndTrigger {...props} />
}

/** Takes a settled item out of the list. Nothing for one that waits or runs. */
export function ItemRemoveTrigger(props: ButtonProps): ReactElement | null {
  return isSettled(useItemState().item) ? <ItemEndTrigger {...props} /> : null
}

/** Cancel, then remove: one element, so that the focus stays on it when the item settles under it. */
export function ItemEndTrigger({ onClick, children, ...props }: ButtonProps): ReactElement {
  const { messages, announcer, cancelRow, wasCanceledLast, removeRow } = useWidget()
  const { item, path } = useItemState()
  const settled = isSettled(item)
  const end = ({ detail }: MouseEvent<HTMLButtonElement>): void => {
    if (!settled) return cancelRow(item.id, path)
    // The second half of a double click on "cancel" would take "try again" away with the row.
    if (detail > 1 && wasCanceledLast(item.id)) return undefined
    announcer.say(messages.said.removed(isolate(path)))
    return removeRow(item.id)
  }
  return (
    <IconButton
      {...props}
      part={settled ? 'item-remove-trigger' : 'item-cancel-trigger'}
      label={settled ? messages.remove(path) : messages.cancel(path)}
      data-end=""
      onClick={clicked(onClick, end)}
    >
      {children ?? <CloseIcon />}
    </IconButton>
  )
}
