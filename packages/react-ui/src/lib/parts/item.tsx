'use client'
import { useUploaderContext, useUploadItem } from '@cosdrop/react'
import { useContext, useId, useMemo, useState, type ComponentProps, type ReactElement } from 'react'
import { ItemContext } from '../item-context.ts'
import { RowContext } from '../list/row-context.ts'
import { partProps } from '../part-props.ts'
import { pathOf } from '../path-of.ts'
import { useWidget } from '../widget-context.ts'
import { ItemActions } from './item-actions.tsx'
import { ItemName } from './item-name.tsx'
import { ItemPreview } from './item-preview.tsx'
import { ItemProgress } from './item-progress.tsx'
import { ItemResult } from './item-result.tsx'
import { ItemSize } from './item-size.tsx'
import { ItemStatus } from './item-status.tsx'

export interface ItemProps extends Omit<ComponentProps<'li'>, 'id'> {
  /** Of the upload item. */
  readonly id: string
}

/** One row. Rerenders with its own item and with no other. Without children it has the default layout. */
export function Item({ id, className, children, ...props }: ItemProps): ReactElement | null {
  const { openRows } = useWidget()
  const item = useUploadItem(id, useUploaderContext())
  const row = useContext(RowContext)
  const detailsId = useId()
  // One element may show now one file, now another.
  const detailsOpen = openRows.has(id)
  const [, rerender] = useState({})

  const state = useMemo(() => {
    if (item === undefined) return null
    const toggleDetails = (): void => {
      if (!openRows.delete(id)) openRows.add(id)
      rerender({})
    }
    return { item, path: pathOf(item), detailsId, detailsOpen, toggleDetails }
  }, [item, detailsId, detailsOpen, openRows, id])

  // Between its removal and the list's own rerender.
  if (state === null) return null
  return (
    <ItemContext.Provider value={state}>
      <li {...props} {...row} {...partProps('item', className)} data-id={id} data-state={state.item.status}>
        {children ?? <ItemLayout />}
      </li>
    </ItemContext.Provider>
  )
}

function ItemLayout(): ReactElement {
  return (
    <>
      <ItemPreview />
      <div className="cd-item-text">
        <ItemName />
        <div className="cd-meta">
          <ItemSize />
          <ItemStatus />
        </div>
      </div>
      <ItemActions />
      <ItemProgress />
      <ItemResult />
    </>
  )
}
