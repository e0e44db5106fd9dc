// Drawings of Lucide 1.62.0 (https://lucide.dev), ISC License, Copyright (c) 2026 Lucide Icons and Contributors; some derive from Feather, MIT
// License, Copyright (c) 2013-2026 Cole Bemis. Only those that are used, so that no icon library is shipped. Full text: LICENSE-lucide.txt.
import type { ReactElement, ReactNode } from 'react'

function icon(name: string, drawing: ReactNode): () => ReactElement {
  return function Icon() {
    return (
      <svg className="cd-icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true">
        {drawing}
      </svg>
    )
  }
}

type Icon = () => ReactElement

export const UploadIcon: Icon = icon(
  'upload',
  <>
    <path d="M12 3v12" />
    <path d="m17 8-5-5-5 5" />
    <path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4" />
  </>,
)
export const CloseIcon: Icon = icon(
  'x',
  <>
    <path d="M18 6 6 18" />
    <path d="m6 6 12 12" />
  </>,
)
export const RetryIcon: Icon = icon(
  'rotate-cw',
  <>
    <path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8" />
    <path d="M21 3v5h-5" />
  </>,
)
export const CheckIcon: Icon = icon('check', <path d="M20 6 9 17l-5-5" />)
export const CopyIcon: Icon = icon(
  'copy',
  <>
    <rect width="14" height="14" x="8" y="8" rx="2" />
    <path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2" />
  </>,
)
export const ChevronDownIcon: Icon = icon('chevron-down', <path d="m6 9 6 6 6-6" />)
export const ChevronUpIcon: Icon = icon('chevron-up', <path d="m18 15-6-6-6 6" />)
export const PauseIcon: Icon = icon(
  'pause',
  <>
    <rect x="14" y="3" width="5" height="18" rx="1" />
    <rect x="5" y="3" width="5" height="18" rx="1" />
  </>,
)
export const PlayIcon: Icon = icon('play', <path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z" />)
export const AlertIcon: Icon = icon(
  'triangle-alert',
  <>
    <path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3" />
    <path d="M12 9v4" />
    <path d="M12 17h.01" />
  </>,
)
export const BanIcon: Icon = icon(
  'ban',
  <>
    <circle cx="12" cy="12" r="10" />
    <path d="M4.929 4.929 19.07 19.071" />
  </>,
)
export const LockIcon: Icon = icon(
  'lock',
  <>
    <rect width="18" height="11" x="3" y="11" rx="2" />
    <path d="M7 11V7a5 5 0 0 1 10 0v4" />
  </>,
)
export const QuestionIcon: Icon = icon(
  'circle-question-mark',
  <>
    <circle cx="12" cy="12" r="10" />
    <path d="M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3" />
    <path d="M12 17h.01" />
  </>,
)
export const FileIcon: Icon = icon(
  'file',
  <>
    <path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z" />
    <path d="M14 2v5a1 1 0 0 0 1 1h5" />
  </>,
)
