import { act, screen } from '@testing-library/react'
import { queued } from './staged-items.ts'
import type { StagedItem } from './staged-uploader.ts'

export const many = (count: number): readonly StagedItem[] => Array.from({ length: count }, (_, index) => queued(`file-${index}.txt`))
export const indexes = (): readonly number[] => screen.getAllByRole('listitem').map((row) => Number(row.dataset['index']))

export function scroller(): Element {
  const found = document.querySelector('.cd-scroller')
  if (found === null) throw new Error('No list is rendered.')
  return found
}

/** As a wheel does: rows are put in while frames go by, not after them. */
export async function turnTo(top: number): Promise<void> {
  scroller().scrollTop = top
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

export async function scrollTo(top: number): Promise<void> {
  await act(() => turnTo(top))
}
