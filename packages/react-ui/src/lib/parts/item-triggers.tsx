'use client'
import { isSettled } from '@cosdrop/core'
import { useUploaderContext } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { canRetry } from '../can-retry.ts'
import { isolate } from '../format/isolate.ts'
import { CloseIcon, RetryIcon } from '../icons.tsx'
import { useItemState } from '../item-context.ts'
import { useWidget } from '../widget-context.ts'
import { IconButton } from './icon-button.tsx'

type ButtonProps = ComponentProps<'button'>

/** Sends a failed or canceled item again, or a waiting one at once. Nothing where that cannot help. */
export function ItemRetryTrigger({ children, ...props }: ButtonProps): ReactElement | null {
  const uploader = useUploaderContext()
  const { messages } = useWidget()
  const { item, path } = useItemState()
  if (!canRetry(item)) return null
  return (
    <IconButton {...props} part="item-retry-trigger" label={messages.retry(path)} act={() => uploader.retry(item.id)}>
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
export function ItemEndTrigger({ children, ...props }: ButtonProps): ReactElement {
  const uploader = useUploaderContext()
  const { messages, announcer, removeRow } = useWidget()
  const { item, path } = useItemState()
  const settled = isSettled(item)
  const end = (): void => {
    if (settled) {
      announcer.say(messages.said.removed(isolate(path)))
      return removeRow(item.id)
    }
    uploader.cancel(item.id)
    const { active, queued, unstarted } = uploader.getSnapshot().totals
    // The last one of those under way is told with how all ended.
    if (item.unstarted || active + queued > unstarted) announcer.say(messages.said.canceled(isolate(path)))
  }
  return (
    <IconButton
      {...props}
      part={settled ? 'item-remove-trigger' : 'item-cancel-trigger'}
      label={settled ? messages.remove(path) : messages.cancel(path)}
      data-end=""
      act={end}
    >
      {children ?? <CloseIcon />}
    </IconButton>
  )
}
