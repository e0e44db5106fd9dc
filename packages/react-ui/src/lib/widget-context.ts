'use client'
import type { Clock } from '@cosdrop/core'
import { createContext, useContext, type Context } from 'react'
import type { AnnouncerStore } from './announcer-store.ts'
import type { Format } from './format/format.ts'
import type { Messages } from './messages/messages.ts'

/** What all parts share and what seldom changes: rows that read it do not rerender while files are dragged. */
export interface Widget {
  readonly messages: Messages
  readonly format: Format
  readonly clock: Clock
  readonly announcer: AnnouncerStore
  /** Ids of rows whose details are open: a row that was scrolled out of the list and back is as it was. */
  readonly openRows: Set<string>
  /** Takes an item out and leaves the focus on its neighbour. */
  readonly removeRow: (id: string) => void
}

export const WidgetContext: Context<Widget | null> = createContext<Widget | null>(null)

/** What a Root gives to the parts in it. */
export function ofRoot<State>(state: State | null): State {
  if (state === null) throw new Error('This part of Cosdrop has no Root above it. Put it inside <CosUpload.Root>, or use <CosUploader>.')
  return state
}

/** @throws Error outside of `CosUpload.Root`. */
export function useWidget(): Widget {
  return ofRoot(useContext(WidgetContext))
}
