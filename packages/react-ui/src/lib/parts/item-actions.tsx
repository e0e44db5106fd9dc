'use client'
import type { ComponentProps, ReactElement } from 'react'
import { ChevronDownIcon, ChevronUpIcon } from '../icons.tsx'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'
import { IconButton } from './icon-button.tsx'
import { ItemEndTrigger, ItemRetryTrigger } from './item-triggers.tsx'

/** Shows and hides the details of a settled row. */
export function ItemDetailsTrigger({ children, ...props }: ComponentProps<'button'>): ReactElement | null {
  const { messages } = useWidget()
  const { item, path, detailsId, detailsOpen, toggleDetails } = useItemState()
  if (item.status !== 'success' && item.status !== 'error') return null
  return (
    <IconButton
      {...props}
      part="item-details-trigger"
      label={detailsOpen ? messages.hideDetails(path) : messages.showDetails(path)}
      aria-expanded={detailsOpen}
      aria-controls={detailsOpen ? detailsId : undefined}
      act={toggleDetails}
    >
      {children ?? (detailsOpen ? <ChevronUpIcon /> : <ChevronDownIcon />)}
    </IconButton>
  )
}

/** The row's buttons; the last one never moves. */
export function ItemActions({ className, ...props }: Omit<ComponentProps<'div'>, 'children'>): ReactElement {
  return (
    <div {...props} {...partProps('item-actions', className)}>
      <ItemDetailsTrigger />
      <ItemRetryTrigger />
      <ItemEndTrigger />
    </div>
  )
}
