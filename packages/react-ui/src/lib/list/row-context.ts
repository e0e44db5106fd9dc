'use client'
import { createContext, type Context } from 'react'

/** What a list tells each of its rows about its place. */
export interface Row {
  readonly 'aria-posinset': number
  readonly 'aria-setsize': number
  readonly 'data-index': number
}

export const RowContext: Context<Row | null> = createContext<Row | null>(null)
