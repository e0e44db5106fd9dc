import { onTestFinished } from 'vitest'
import css from '../../styles.css?inline'

/** Where a widget may be and `document` tells nothing of it. */
export const elsewhere = ['a shadow root', 'another window'] as const

/** An element with our styles in such a place, for `render`'s `container`. */
export function containerIn(place: (typeof elsewhere)[number]): HTMLElement {
  const host = document.body.appendChild(document.createElement(place === 'a shadow root' ? 'div' : 'iframe'))
  onTestFinished(() => host.remove())
  const window = host instanceof HTMLIFrameElement ? host.contentDocument : null
  const parent = window?.body ?? host.attachShadow({ mode: 'open' })
  const style = parent.appendChild(document.createElement('style'))
  style.textContent = css
  return parent.appendChild((window ?? document).createElement('div'))
}
