import type { ReactElement } from 'react'
import { piecesOf } from './format/isolate.ts'

/** A sentence of `Messages`: isolated names and words between backticks become elements, the rest is text. */
export function RichText({ children }: { readonly children: string }): ReactElement {
  return (
    <>
      {piecesOf(children).map(({ kind, text }, index) => {
        if (kind === 'name') return <bdi key={index}>{text}</bdi>
        return kind === 'code' ? <code key={index}>{text}</code> : text
      })}
    </>
  )
}
