// Drawings of Lucide 1.62.0 (https://lucide.dev), ISC License, Copyright (c) 2026 Lucide Icons and Contributors; some derive from Feather, MIT
// License, Copyright (c) 2013-2026 Cole Bemis. Only those that are used, so that no icon library is shipped. Full text: LICENSE-lucide.txt.
import type { ReactElement } from 'react'

/** @param strokes all of a drawing as one path: an element for each stroke is a call in what a page loads, and a node in each row */
function icon(name: string, strokes: string): () => ReactElement {
  return function Icon() {
    return (
      <svg className="cd-icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true">
        <path d={strokes} />
      </svg>
    )
  }
}

type Icon = () => ReactElement

export const UploadIcon: Icon = icon('upload', 'M12 3v12M17 8l-5-5-5 5M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4')
export const CloseIcon: Icon = icon('x', 'M18 6 6 18M6 6l12 12')
export const RetryIcon: Icon = icon('rotate-cw', 'M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5')
export const CheckIcon: Icon = icon('check', 'M20 6 9 17l-5-5')
export const CopyIcon: Icon = icon(
  'copy',
  'M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2',
)
export const ChevronDownIcon: Icon = icon('chevron-down', 'm6 9 6 6 6-6')
export const ChevronUpIcon: Icon = icon('chevron-up', 'm18 15-6-6-6 6')
export const PauseIcon: Icon = icon(
  'pause',
  'M15 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM6 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z',
)
export const PlayIcon: Icon = icon('play', 'M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z')
export const AlertIcon: Icon = icon('triangle-alert', 'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01')
export const BanIcon: Icon = icon('ban', 'M22 12a10 10 0 1 1-20 0 10 10 0 1 1 20 0zM4.929 4.929 19.07 19.071')
export const LockIcon: Icon = icon('lock', 'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 11V7a5 5 0 0 1 10 0v4')
export const QuestionIcon: Icon = icon(
  'circle-question-mark',
  'M22 12a10 10 0 1 1-20 0 10 10 0 1 1 20 0zM9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01',
)
export const FileIcon: Icon = icon(
  'file',
  'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5',
)
