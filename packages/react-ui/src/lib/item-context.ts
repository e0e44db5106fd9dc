'use client'
import type { UploadItem } from '@cosdrop/core'
import { createContext, useContext, type Context } from 'react'

export interface ItemState {
  readonly item: UploadItem
  /** Of {@link pathOf}. */
  readonly path: string
  readonly detailsId: string
  readonly detailsOpen: boolean
  readonly toggleDetails: () => void
}

export const ItemContext: Context<ItemState | null> = createContext<ItemState | null>(null)

/** @throws Error outside of `CosUpload.Item`. */
export function useItemState(): ItemState {
  const state = useContext(ItemContext)
  if (state === null) throw new Error('This part of Cosdrop has no Item above it. Put it inside <CosUpload.Item id={…}>.')
  return state
}
