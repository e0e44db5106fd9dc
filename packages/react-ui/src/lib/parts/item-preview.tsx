'use client'
import type { UploadItem } from '@cosdrop/core'
import { useState, type ComponentProps, type ReactElement } from 'react'
import { extensionLabel } from '../format/shorten.ts'
import { AlertIcon, FileIcon, QuestionIcon, RetryIcon } from '../icons.tsx'
import { inDoubt } from '../in-doubt.ts'
import { useItemState } from '../item-context.ts'
import { partProps } from '../part-props.ts'
import { Thumbnail } from './thumbnail.tsx'

type Tone = 'bad' | 'warn'

function stateIcon(item: UploadItem): { readonly icon: ReactElement; readonly tone: Tone } | null {
  if (item.status === 'retrying') return { icon: <RetryIcon />, tone: 'warn' }
  if (item.status !== 'error') return null
  return inDoubt(item.error) ? { icon: <QuestionIcon />, tone: 'warn' } : { icon: <AlertIcon />, tone: 'bad' }
}

// What every browser can draw. HEIC, TIFF and raw pictures have their extension instead.
const drawable = /^image\/(avif|bmp|gif|jpeg|png|svg\+xml|webp|x-icon)$/u

/** A thumbnail of an image, the extension of another file, or a sign when something is wrong. The words beside it say the same. */
export function ItemPreview({ className, ...props }: ComponentProps<'div'>): ReactElement {
  const { item } = useItemState()
  const [broken, setBroken] = useState<Blob>()
  const sign = stateIcon(item)
  const pictured = sign === null && item.file !== broken && drawable.test(item.type)
  return (
    <div aria-hidden {...props} {...partProps('item-preview', className)} data-tone={sign?.tone} data-kind={pictured ? 'image' : undefined}>
      {sign?.icon ?? (pictured ? <Thumbnail blob={item.file} onBroken={() => setBroken(item.file)} /> : (extensionLabel(item.name) ?? <FileIcon />))}
    </div>
  )
}
