'use client'
import { useUploadIds } from '@cosdrop/react'
import { Fragment, useRef, type ComponentProps, type ReactElement, type ReactNode } from 'react'
import { RowContext } from '../list/row-context.ts'
import { useRows } from '../list/use-rows.ts'
import { partProps } from '../part-props.ts'
import { useWidget } from '../widget-context.ts'
import { Item } from './item.tsx'

export interface ListProps extends Omit<ComponentProps<'ul'>, 'children'> {
  /** One row: `(id) => <CosUpload.Item id={id}>…</CosUpload.Item>`. */
  readonly children?: (id: string) => ReactNode
}

const defaultRow = (id: string): ReactNode => <Item id={id} />

/**
 * The items in order. A long list renders only the rows in sight, unless they stand in a grid or flex box;
 * each says how many there are and which one it is.
 */
export function List({ className, children = defaultRow, ...props }: ListProps): ReactElement | null {
  const { messages } = useWidget()
  const ids = useUploadIds()
  const scroller = useRef<HTMLDivElement>(null)
  const { rows, after } = useRows(ids, scroller)
  if (ids.length === 0) return null
  return (
    <div className="cd-scroller" ref={scroller} data-rows={rows.length < ids.length ? 'some' : undefined}>
      <ul aria-label={messages.files} {...props} {...partProps('list', className)}>
        {rows.map(({ id, gap, row }) => (
          <Fragment key={id}>
            {gap > 0 && <li aria-hidden style={{ blockSize: gap }} />}
            <RowContext.Provider value={row}>{children(id)}</RowContext.Provider>
          </Fragment>
        ))}
        {after > 0 && <li aria-hidden style={{ blockSize: after }} />}
      </ul>
    </div>
  )
}
