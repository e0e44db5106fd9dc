'use client'
import type { ReactElement } from 'react'
import { ChevronDownIcon, ChevronUpIcon } from '../icons.tsx'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'
import { IconButton } from './icon-button.tsx'
import { ItemEndTrigger, ItemRetryTrigger } from './item-triggers.tsx'

/** Shows and hides the details of a settled row. */
export function ItemDetailsTrigger(): ReactElement | null {
  const { messages } = useWidget()
  const { item, detailsId, detailsOpen, toggleDetails } = useItemState()
  if (item.status !== 'success' && item.status !== 'error') return null
  return (
    <IconButton
      part="item-details-trigger"
      label={detailsOpen ? messages.hideDetails(item.name) : messages.showDetails(item.name)}
      aria-expanded={detailsOpen}
      aria-controls={detailsOpen ? detailsId : undefined}
      onClick={toggleDetails}
    >
      {detailsOpen ? <ChevronUpIcon /> : <ChevronDownIcon />}
    </IconButton>
  )
}

/** The row's buttons; the last one never moves. */
export function ItemActions(): ReactElement {
  return (
    <div {...partProps('item-actions', undefined)}>
      <ItemDetailsTrigger />
      <ItemRetryTrigger />
      <ItemEndTrigger />
    </div>
  )
}
