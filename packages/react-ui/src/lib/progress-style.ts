import type { CSSProperties } from 'react'

/** How far a bar is, for styles.css. */
export function progressStyle(fraction: number): CSSProperties {
  const style: CSSProperties & { readonly '--cd-at': number } = { '--cd-at': fraction }
  return style
}
