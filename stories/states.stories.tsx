import type { UploadState } from '@cosdrop/core'
import { expect, fireEvent, userEvent, within } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { dragOver } from './lib/drag.ts'
import { picture } from './lib/picture.ts'
import {
  busyStorage,
  corsRefused,
  GB,
  KB,
  MB,
  outcomeUnknown,
  refusedByStorage,
  resultFor,
  retrying,
  sending,
  sentAndWaiting,
  storedAndVerified,
  storedUnversioned,
  tooLarge,
  waiting,
} from './lib/staged-items.ts'
import { noCode } from './lib/show-code.ts'
import { StagedWidget } from './lib/staged-widget.tsx'

const meta = preview.meta({ title: 'States', component: StagedWidget, parameters: noCode })

/** One sentence, one action, the limits and how files are stored, before anything is sent. */
export const Empty = meta.story({
  args: { stage: () => ({}), encryption: { kind: 'SSE-COS', algorithm: 'AES256' } },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('button', { name: 'choose files' })).toBeVisible()
    await expect(canvas.getByText('Images and PDF, up to 20 MB each, 50 at most')).toBeVisible()
    await expect(canvas.getByText('Stored encrypted (SSE-COS)')).toBeVisible()
  },
})

export const Disabled = meta.story({
  args: { stage: () => ({}), disabled: true },
  play: async ({ canvas }) => expect(canvas.getByRole('button', { name: 'choose files' })).toBeDisabled(),
})

/** The browser tells kinds and number while files are dragged, and no more. */
export const DraggingAccepted = meta.story({
  args: { stage: () => ({ items: [waiting] }) },
  play: async ({ canvas, canvasElement }) => {
    await fireEvent(canvas.getByRole('group', { name: 'File upload' }), dragOver(['image/png', 'image/jpeg', 'image/webp']))
    await expect(await canvas.findByText('Drop to add 3 files')).toBeVisible()
    await expect(canvasElement.querySelector('[data-part=dropzone]')).toHaveAttribute('data-dragging', 'accept')
  },
})

export const DraggingRefused = meta.story({
  args: { stage: () => ({ items: [waiting] }), restrictions: { accept: { 'image/*': [], 'application/pdf': [] } } },
  play: async ({ canvas }) => {
    await fireEvent(canvas.getByRole('group', { name: 'File upload' }), dragOver(['video/mp4']))
    await expect(await canvas.findByText('Only images and PDF can be uploaded here')).toBeVisible()
  },
})

const done = (index: number) => ({
  name: `scan-${index}.pdf`,
  size: 27 * MB,
  state: { status: 'success', result: resultFor(`scan-${index}.pdf`) } as const,
})

/** Totals by bytes; each row tells its phase in words. */
export const Working = meta.story({
  args: {
    stage: () => ({
      speed: 48.2 * MB,
      items: [
        sending('lantern-festival-panorama-stitched-final.jpg', 18.4 * MB, 0.65, 9.8 * MB, picture(0)),
        sentAndWaiting,
        retrying(5.9),
        waiting,
        tooLarge,
        outcomeUnknown,
        ...Array.from({ length: 14 }, (_, index) => done(index)),
      ],
    }),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('14 of 20')).toBeVisible()
    await expect(canvas.getByText('Sent, waiting for storage')).toBeVisible()
    await expect(canvas.getByText('Next try in 6 s')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Retry 1' })).toBeVisible()
    const [bar] = canvas.getAllByRole('progressbar', { name: /Progress of lantern/ })
    await expect(bar).toHaveAttribute('aria-valuenow', '64')
  },
})

/** With `autoUpload={false}`: nothing goes before the button is pressed. */
export const ToBeStarted = meta.story({ args: { stage: () => ({ items: [{ ...waiting, unstarted: true }] }) } })

export const ToBeStartedBesideOthers = meta.story({
  args: { stage: () => ({ items: [sending('film.mov', 200 * MB, 0.3, 12 * MB), { ...waiting, unstarted: true }] }) },
})

export const Paused = meta.story({
  args: {
    stage: () => ({
      paused: true,
      items: [sending('film.mov', 200 * MB, 0.3, 12 * MB), waiting, { name: 'notes.pdf', size: 90 * KB, state: { status: 'queued' } }],
    }),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('Paused')).toHaveLength(2)
    await userEvent.click(canvas.getByRole('button', { name: 'Resume' }))
    await expect(canvas.getByRole('button', { name: 'Pause' })).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Pause' }))
  },
})

export const Offline = meta.story({
  args: { stage: () => ({ offline: true, items: [waiting] }) },
  play: async ({ canvas }) => expect(canvas.getByText('Waiting for the network')).toBeVisible(),
})

/** Every phase before the end, one row each: they have one height. */
export const Phases = meta.story({
  args: {
    stage: () => {
      const states: readonly [string, UploadState][] = [
        ['waiting.pdf', { status: 'queued' }],
        ['hashing.pdf', { status: 'hashing', hashedBytes: 2 * MB }],
        ['signing.pdf', { status: 'signing' }],
        ['starting.pdf', { status: 'uploading', attempt: 1, phase: 'sending', speed: null, progress: { kind: 'bytes', sent: 0, total: 5 * MB } }],
        [
          'sending.pdf',
          { status: 'uploading', attempt: 1, phase: 'sending', speed: 1.2 * MB, progress: { kind: 'bytes', sent: 3 * MB, total: 5 * MB } },
        ],
        ['native-form.pdf', { status: 'uploading', attempt: 1, phase: 'sending', speed: null, progress: { kind: 'unknown' } }],
        [
          'sent.pdf',
          { status: 'uploading', attempt: 1, phase: 'waiting', speed: 1.2 * MB, progress: { kind: 'bytes', sent: 5 * MB - 1, total: 5 * MB } },
        ],
        ['retrying.pdf', { status: 'retrying', attempt: 2, maxAttempts: 5, retryAt: performance.now() + 60_000, error: busyStorage }],
        ['confirming.pdf', { status: 'confirming', attempt: 1 }],
        ['canceled.pdf', { status: 'canceled' }],
      ]
      return { items: states.map(([name, state]) => ({ name, size: 5 * MB, state })) }
    },
  },
  play: async ({ canvas }) => {
    const heights = canvas.getAllByRole('listitem').map((row) => row.getBoundingClientRect().height)
    // The first row has no line above it.
    await expect(new Set(heights.slice(1)).size).toBe(1)
  },
})

/** Proof in the row: ETag and version id at hand, the rest one step away. */
export const Stored = meta.story({
  args: { stage: () => ({ items: [storedAndVerified, storedUnversioned] }) },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Show details of harbour-at-dawn.png' }))
    const [row] = canvas.getAllByRole('listitem')
    const details = within(row ?? document.body)
    await expect(details.getByText(/CRC-64 14580938234906722291, equal to storage/)).toBeVisible()
    await expect(details.getByText('SSE-COS AES256')).toBeVisible()
    await expect(details.getByText('NWQxNzNkNjVfYjMyZDRlMGFfNmM5Yl8xMDNkZTIx')).toBeVisible()
    await expect(details.getByRole('button', { name: 'Hide details of harbour-at-dawn.png' })).toHaveFocus()
  },
})

export const StoredOne = meta.story({ args: { stage: () => ({ items: [storedAndVerified] }) } })

/** The object is there, but the page may not read its proof: the setting that hides it is named. */
export const StoredWithHiddenHeaders = meta.story({
  args: {
    stage: () => ({
      items: [
        {
          name: 'harbour-at-dawn.png',
          size: 6.2 * MB,
          file: picture(1),
          state: {
            status: 'success',
            result: resultFor('harbour-at-dawn.png', {
              etag: null,
              versionId: null,
              crc64: null,
              integrity: 'unavailable',
              diagnostics: [{ code: 'header-not-exposed', header: 'ETag', message: 'Not in ExposeHeaders.' }],
            }),
          },
        },
      ],
    }),
  },
  play: async ({ canvas }) => expect(canvas.getByText('ExposeHeaders')).toBeVisible(),
})

const rejected = (name: string, code = 'file-invalid-type') => ({ file: new Blob(), name, errors: [{ code, message: code }] })

/** What happened, why, what to do; never a code alone. */
export const Failed = meta.story({
  args: {
    stage: () => ({
      items: [tooLarge, corsRefused, outcomeUnknown, refusedByStorage],
      rejections: ['movie.mkv', 'setup.exe', 'a.iso', 'b.iso'].map((name) => rejected(name)),
    }),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('4 files were not added.')).toBeVisible()
    await expect(canvas.getByText(/11\.0.MB larger than the policy allows: at most 20.MB/)).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Try floor-plan.pdf again' })).toBeNull()
    await expect(canvas.getByText('May be stored already')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Show details of minutes.docx' }))
    await expect(canvas.getByText('SignatureDoesNotMatch: The Signature you specified is invalid.')).toBeVisible()
  },
})

export const Rejected = meta.story({
  args: {
    stage: () => ({ rejections: [rejected('setup.exe'), rejected('panorama.tiff', 'file-too-large'), rejected('scan-51.pdf', 'too-many-files')] }),
  },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Dismiss' }))
    await expect(canvas.queryByText(/were not added/)).toBeNull()
    await expect(canvas.getByRole('button', { name: 'choose files' })).toHaveFocus()
  },
})

export const RejectedNote = meta.story({
  args: {
    stage: () => ({ rejections: [rejected('setup.exe'), rejected('panorama.tiff', 'file-too-large'), rejected('scan-51.pdf', 'too-many-files')] }),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/only images and PDF can be added/)).toBeVisible()
    await expect(canvas.getByText(/larger than 20.MB/)).toBeVisible()
  },
})

/** Only the rows in sight are rendered; each still says which one of how many it is. */
export const TenThousandFiles = meta.story({
  args: {
    stage: () => ({
      speed: 80 * MB,
      items: Array.from({ length: 10_000 }, (_, index) =>
        index < 3
          ? sending(`frame-${index}.exr`, 48 * MB, 0.2 * (index + 1), 20 * MB)
          : { name: `frame-${index}.exr`, size: 0.01 * GB, state: { status: 'queued' } as const },
      ),
    }),
  },
  play: async ({ canvas }) => {
    const rows = canvas.getAllByRole('listitem')
    await expect(rows.length).toBeLessThan(40)
    await expect(rows[0]).toHaveAttribute('aria-setsize', '10000')
    await expect(canvas.getByText('0 of 10,000')).toBeVisible()
  },
})
