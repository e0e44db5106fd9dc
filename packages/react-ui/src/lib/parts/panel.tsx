'use client'
import { useQueueState, useRejections, useUnstarted, useUploadIds } from '@cosdrop/react'
import type { ComponentProps, ReactElement } from 'react'
import { useDropzoneState } from '../dropzone-context.ts'
import { partProps } from '../part-props.ts'
import { List } from './list.tsx'
import { Rejections } from './rejections.tsx'
import { Totals } from './totals.tsx'

/**
 * The surface below the drop zone: totals from two files on and where they wait for a button in there, rejections, the list. Nothing while there is
 * nothing to show.
 */
export function Panel({ className, children, ...props }: ComponentProps<'div'>): ReactElement | null {
  const { unreadable, foundNothing } = useDropzoneState()
  const count = useUploadIds().length
  const paused = useQueueState() === 'paused'
  const unstarted = useUnstarted()
  const rejected = useRejections().length + unreadable.length
  if (count + rejected === 0 && !foundNothing) return null
  return (
    <div {...props} {...partProps('panel', className)}>
      {children ?? (
        <>
          {count > (paused || unstarted ? 0 : 1) && <Totals />}
          <Rejections />
          <List />
        </>
      )}
    </div>
  )
}
