'use client'
import { createContext, type Context, type CSSProperties } from 'react'

/** What a list tells each of its rows about its place. */
export interface Row {
  readonly props: {
    readonly 'aria-posinset': number
    readonly 'aria-setsize': number
    readonly 'data-index': number
  }
  readonly style: CSSProperties | undefined
}

export const RowContext: Context<Row | null> = createContext<Row | null>(null)
