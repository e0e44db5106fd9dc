import '../styles.css'
import { cleanup, render, screen } from '@testing-library/react'
import type { CSSProperties } from 'react'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { CosUploadError } from '@cosdrop/core'
import { CosUploader } from './cos-uploader.tsx'
import { stored, storedResult } from './testing/staged-items.ts'
import { createStagedUploader, type StagedItem } from './testing/staged-uploader.ts'
import css from '../styles.css?inline'

afterEach(cleanup)

const hidden: StagedItem = {
  name: 'hidden.png',
  size: 1000,
  state: { status: 'success', result: { ...storedResult, etag: null, diagnostics: [{ code: 'header-not-exposed', header: 'ETag', message: '' }] } },
}
const refused: StagedItem = {
  name: 'refused.png',
  state: {
    status: 'error',
    attempt: 0,
    error: new CosUploadError('policy-refused', '', { url: null, status: 403, serverCode: null, serverMessage: 'Too many.' }),
  },
}
const rejections = [
  { file: new Blob(), name: 'b.iso', errors: [{ code: 'file-too-large', message: '"b.iso" (9 B) was refused: at most 8 B.', limit: 8 }] },
]

/** How all that is drawn looks, the file input aside, which nobody sees. */
async function look(sheet: string): Promise<readonly (readonly string[])[]> {
  const style = document.head.appendChild(document.createElement('style'))
  onTestFinished(() => style.remove())
  style.textContent = sheet
  const uploader = createStagedUploader({ items: [stored('a.png'), hidden, refused], rejections })
  render(<CosUploader uploader={uploader} theme="dark" style={{ inlineSize: 700 }} />)
  await userEvent.click(screen.getByRole('button', { name: 'Show details of a.png' }))
  await userEvent.click(screen.getByRole('button', { name: 'Show details of refused.png' }))
  return [...document.querySelectorAll('.cd-root, .cd-root :not(input)')].map((part) => {
    const now = getComputedStyle(part)
    const { height, width } = part.getBoundingClientRect()
    const of = (name: string): string => `${name}: ${now.getPropertyValue(name)}`
    return [
      `${part.tagName} .${part.getAttribute('class')} ${width} x ${height}`,
      ...['color', 'background-color', 'font-weight', 'font-size', 'margin'].map(of),
    ]
  })
}

// What these sheets say of elements, taken from their releases of 2025.
describe.each([
  [
    'Bootstrap',
    'p, dl { margin: 0 0 1rem } dt { font-weight: 700 } dd { margin: 0 0 .5rem } code { font-size: .875em; color: #d63384; word-wrap: break-word }',
  ],
  [
    'Bulma',
    'strong { color: #2e333d; font-weight: 600 } code { background: #f3f4f6; border-radius: .375rem; color: #cc0029; font-size: .875em; padding: .25em .5em }',
  ],
  [
    'Foundation',
    'p { margin-bottom: 1rem; line-height: 1.6 } ul, dl { margin-bottom: 1rem; line-height: 1.6 } dt { margin-bottom: .3rem; font-weight: 700 } strong { line-height: inherit } code { padding: .125rem .3125rem .0625rem; border: 1px solid #cacaca; background: #e6e6e6; color: #0a0a0a }',
  ],
  [
    'Pico',
    '[role=group] { display: inline-flex; width: 100%; margin-bottom: 1rem } [role=group] > * { position: relative; flex: 1 1 auto } [role=group] button { width: auto } [role=group] button:not(:first-child) { margin-left: -.0625rem } p, ul, dl { color: #373c44; margin-bottom: 1rem } ul li { list-style: square; margin-bottom: .25rem } strong { color: #2d3138 } code { display: inline-block; padding: .375rem; background: #f3f5f7; font-size: .875em; color: #646b79 }',
  ],
] as const)('on a page with %s', (_, sheet) => {
  it('a dark widget looks as on every other page', async () => {
    const plain = await look('')
    cleanup()
    expect(await look(sheet)).toEqual(plain)
  })
})

it('words look and wrap as they should where all around is in capitals, in one line, and far apart', () => {
  const uploader = createStagedUploader({ items: [refused] })
  const page = (style?: CSSProperties) => (
    <div style={{ inlineSize: 300, ...style }}>
      <CosUploader uploader={uploader} />
    </div>
  )
  const { rerender } = render(page())
  const drawn = (): readonly unknown[] =>
    [...document.querySelectorAll<HTMLElement>('.cd-root :not(input, .cd-announcer)')].map((part) => [
      part.innerText,
      part.getBoundingClientRect().toJSON(),
    ])
  const plain = drawn()
  rerender(page({ textTransform: 'uppercase', whiteSpace: 'nowrap', wordSpacing: 20, textIndent: 30 }))
  expect(drawn()).toEqual(plain)
})

it.each([
  ['light', 'dark'],
  ['dark', 'light'],
])('the nearer theme counts: %s within %s', (inner, outer) => {
  render(
    <div data-theme={outer}>
      <div data-theme={inner}>
        <CosUploader uploader={createStagedUploader()} />
      </div>
    </div>,
  )
  expect(getComputedStyle(screen.getByRole('group')).colorScheme).toBe(inner)
})

it.each(['light', 'dark'] as const)('in the system’s own colours, light, icons of a %s widget have the colour of text', async (theme) => {
  const features = [
    { name: 'forced-colors', value: 'active' },
    { name: 'prefers-color-scheme', value: 'light' },
  ]
  await cdp().send('Emulation.setEmulatedMedia', { features })
  onTestFinished(() => void cdp().send('Emulation.setEmulatedMedia', { features: [] }))
  render(<CosUploader uploader={createStagedUploader({ items: [stored('a.png')], rejections })} theme={theme} />)
  await userEvent.click(screen.getByRole('button', { name: 'Show details of a.png' }))
  const colours = [...document.querySelectorAll('.cd-icon')].map((icon) => getComputedStyle(icon).color)
  expect(new Set(colours)).toEqual(new Set(['rgb(0, 0, 0)']))
})

it('dots between words are not read aloud', () => {
  const error = new CosUploadError('stalled', '', { idleMs: 0, sent: 0 })
  const state = { status: 'retrying', attempt: 1, maxAttempts: 5, retryAt: performance.now() + 60_000, error } as const
  render(<CosUploader uploader={createStagedUploader({ items: [{ name: 'a', state }] })} />)
  const drawn = [...document.querySelectorAll('.cd-meta *')]
    .map((part) => getComputedStyle(part, '::before').content)
    .filter((content) => content !== 'none')
  expect(drawn).toEqual(Array.from({ length: 3 }, () => '""'))
})

it('a page in any encoding reads the sheet as it was written', () => {
  expect(css.replaceAll(/\/\*.*?\*\//gsu, '')).toMatch(/^\p{ASCII}*$/u)
})
