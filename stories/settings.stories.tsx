import { en, zhCN, type Messages } from '@cosdrop/react-ui'
import { expect } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { picture } from './lib/picture.ts'
import {
  corsRefused,
  MB,
  outcomeUnknown,
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

const meta = preview.meta({ title: 'Settings', component: StagedWidget, parameters: noCode })

const working = () => ({
  speed: 48.2 * MB,
  items: [
    sending('lantern-festival-panorama-stitched-final.jpg', 18.4 * MB, 0.65, 9.8 * MB, picture(0)),
    sentAndWaiting,
    retrying(5.9),
    waiting,
    storedAndVerified,
    storedUnversioned,
    tooLarge,
    corsRefused,
    outcomeUnknown,
  ],
})
const encryption = { kind: 'SSE-COS', algorithm: 'AES256' } as const

export const EmptyLight = meta.story({ args: { stage: () => ({}), encryption }, parameters: { theme: 'light' } })
export const EmptyDark = meta.story({ args: { stage: () => ({}), encryption }, parameters: { theme: 'dark' } })
export const WorkingLight = meta.story({ args: { stage: working }, parameters: { theme: 'light' } })
export const WorkingDark = meta.story({ args: { stage: working }, parameters: { theme: 'dark' } })

export const Narrow = meta.story({
  args: {
    stage: () => ({
      speed: 4.6 * MB,
      items: [
        sending('terraces-at-noon-long-name-from-camera.webp', 6 * MB, 0.31, 1.4 * MB, picture(2)),
        { name: 'harbour.png', size: 6.2 * MB, file: picture(1), state: { status: 'success', result: resultFor('harbour.png') } },
        retrying(5.9),
        corsRefused,
      ],
    }),
  },
  parameters: { width: 360 },
  play: async ({ canvasElement, canvas }) => {
    const root = canvasElement.querySelector('.cd-root')
    await expect(root?.scrollWidth).toBeLessThanOrEqual(root?.clientWidth ?? 0)
    for (const button of canvas.getAllByRole('button', { name: /Cancel|Remove|Try/ }))
      await expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(40)
  },
})
export const NarrowDark = meta.story({ ...Narrow.input, parameters: { width: 360, theme: 'dark' } })
export const NarrowEmpty = meta.story({
  args: { stage: () => ({}), encryption },
  parameters: { width: 360 },
  play: async ({ canvas }) => expect(canvas.getByText('or take a photo')).toBeVisible(),
})

/** Sidebar: the widget answers to its own width, not to the window's. */
export const InSidebar = meta.story({ args: { stage: working }, parameters: { width: 280 } })

export const Chinese = meta.story({
  args: { stage: working, messages: zhCN, encryption },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('已存储并通过校验')).toBeVisible()
    await expect(canvas.getByText('已发送，等待存储确认')).toBeVisible()
    await expect(canvas.getByRole('group', { name: '文件上传' })).toHaveAttribute('lang', 'zh-CN')
  },
})
export const ChineseEmpty = meta.story({
  args: { stage: () => ({}), messages: zhCN, encryption },
  play: async ({ canvas }) => expect(canvas.getByText('支持图片和 PDF，单个不超过 20 MB，最多 50 个')).toBeVisible(),
})

// What it does not say is said in English here.
const arabic: Messages = {
  ...en,
  locale: 'ar-EG',
  units: ['بايت', 'ك.ب', 'م.ب', 'ج.ب', 'ت.ب'],
  dropMore: { before: 'أفلت المزيد من الملفات، أو ', action: 'اخترها', after: '' },
  doneOf: (done, all) => `${done} من ${all}`,
  bytesOf: (part, whole) => `${part} من ${whole}`,
  speed: (bytes) => `${bytes}/ث`,
  secondsLeft: (seconds) => `بقيت ${seconds} ث`,
  pause: 'إيقاف مؤقت',
  clearSettled: 'إزالة المنتهية',
  retryAll: (count) => `إعادة ${count}`,
  storedVerified: 'مخزَّن ومتحقَّق منه',
}

/** Another language is another object of messages. */
export const RightToLeft = meta.story({
  args: {
    dir: 'rtl',
    messages: arabic,
    stage: () => ({
      items: [
        sending('تقرير-الربع-الثالث.pdf', 3 * MB, 0.37, 0.5 * MB),
        sending('english-name-in-between.pdf', 3 * MB, 0.6, 0.5 * MB),
        { name: 'خريطة.png', size: 2 * MB, file: picture(2), state: { status: 'success', result: resultFor('خريطة.png') } },
        tooLarge,
      ],
    }),
  },
  play: async ({ canvasElement }) => {
    const [preview, actions] = ['item-preview', 'item-actions'].map((part) =>
      canvasElement.querySelector(`[data-part=${part}]`)?.getBoundingClientRect(),
    )
    await expect(preview?.left).toBeGreaterThan(actions?.right ?? Infinity)
  },
})

/** The middle of a long name is cut, never its end. */
export const LongNames = meta.story({
  args: {
    stage: () => ({
      items: [
        sending(`${'lantern-festival-'.repeat(12)}final.jpg`, 18.4 * MB, 0.65, 9.8 * MB, picture(0)),
        { name: `${'合同扫描件'.repeat(30)}.pdf`, size: MB, state: { status: 'success', result: resultFor('contract.pdf') } },
        { name: `${'مستند'.repeat(30)}.docx`, size: MB, state: { status: 'queued' } },
        { name: 'no-extension-at-all-'.repeat(10), size: MB, state: { status: 'queued' } },
        { name: '.gitignore', size: 20, state: { status: 'queued' } },
        { name: 'a  b   c<script>.txt', size: 0, state: { status: 'queued' } },
      ],
    }),
  },
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('.cd-root')
    await expect(root?.scrollWidth).toBeLessThanOrEqual(root?.clientWidth ?? 0)
    const row = canvasElement.querySelector('[data-part=item]')
    const cut = row?.querySelector('[data-tail=".jpg"]')?.getBoundingClientRect()
    await expect(cut?.width).toBeGreaterThan(0)
    await expect(cut?.right).toBeLessThan(row?.getBoundingClientRect().right ?? 0)
  },
})
export const LongNamesNarrow = meta.story({ ...LongNames.input, parameters: { width: 360 } })
