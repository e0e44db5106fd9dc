'use client'
import type { ComponentProps, ReactElement } from 'react'
import { splitName } from '../format/shorten.ts'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'

/** The file's name. When there is no room its middle is cut, never its end. */
export function ItemName({ className, ...props }: ComponentProps<'div'>): ReactElement {
  const { item, path } = useItemState()
  // A name may have line breaks in it, and a row has room for one line. One of blanks alone would leave it empty.
  const line = item.name.replace(/\s/gu, ' ').trim() || '—'
  const [stem, end] = splitName(line)
  return (
    <div title={path} {...props} {...partProps('item-name', className)}>
      <bdi dir="auto">
        <span>{line}</span>
        {/* What is seen where there is no room. Out of its attributes: the browser's search, a copy and a screen reader find the name once, whole. */}
        <span aria-hidden data-stem={stem} data-tail={end} />
      </bdi>
    </div>
  )
}
