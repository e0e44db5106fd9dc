'use client'
import type { ComponentProps, ReactElement } from 'react'
import { splitName } from '../format/shorten.ts'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'

/** The file's name. When there is no room its middle is cut, never its end. */
export function ItemName({ className, ...props }: ComponentProps<'div'>): ReactElement {
  const { name, relativePath } = useItemState().item
  // A name may have line breaks in it, and a row has room for one line.
  const [stem, end] = splitName(name.replace(/\s/gu, ' '))
  return (
    <div title={relativePath ?? name} {...props} {...partProps('item-name', className)}>
      <bdi dir="auto">
        <span>{stem}</span>
        <span>{end}</span>
      </bdi>
    </div>
  )
}
