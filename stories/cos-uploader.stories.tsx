import { CosUploader, en, zhCN, type WidgetProps } from '@cosdrop/react-ui'
import { useState } from 'react'
import { expect, userEvent, waitFor } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { Pictures } from './examples/pictures.tsx'
import { choose } from './lib/choose.ts'
import { showCode } from './lib/show-code.ts'
import { slowStorageUploader } from './lib/slow-storage.ts'
import { imagesAndPdf } from './lib/staged-widget.tsx'

type Controlled = Pick<WidgetProps, 'messages' | 'theme' | 'encryption' | 'dir' | 'disabled' | 'directory'>

/**
 * The whole widget: `<CosUploader policy="/api/policy" />`. Its styles are in `@cosdrop/react-ui/styles.css`. Children replace its layout by one
 * made of the parts (`CosUpload.Dropzone`, `CosUpload.List`, …). Beside what the table names it takes every option and callback of `useUploader`
 * (`restrictions`, `confirm`, `recovery`, `onSuccess`, …): see the READMEs of `@cosdrop/react-ui` and `@cosdrop/core`.
 */
function DropIn(props: Controlled) {
  const [uploader] = useState(slowStorageUploader)
  return <CosUploader {...props} uploader={uploader} restrictions={imagesAndPdf} />
}

function OwnLayout(props: Controlled) {
  const [uploader] = useState(slowStorageUploader)
  return <Pictures {...props} uploader={uploader} restrictions={imagesAndPdf} />
}

const row = (description: string, type: string, standard: string) => ({
  description,
  table: { type: { summary: type }, defaultValue: { summary: standard } },
})
const flag = (description: string) => ({ ...row(description, 'boolean', 'false'), control: { type: 'boolean' } }) as const

const meta = preview.meta({
  title: 'CosUploader',
  component: DropIn,
  argTypes: {
    messages: {
      ...row('All texts.', 'Messages', 'en'),
      options: ['en', 'zhCN'],
      mapping: { en, zhCN },
      control: { type: 'inline-radio' },
    },
    theme: {
      ...row('`auto` follows the system, or an ancestor’s `data-theme`.', "'auto' | 'light' | 'dark'", "'auto'"),
      options: ['auto', 'light', 'dark'],
      control: { type: 'inline-radio' },
    },
    encryption: {
      ...row('How the bucket stores files, told before anything is sent; `null` says nothing.', 'ObjectEncryption | null', 'what the endpoint tells'),
      options: ['null', 'SSE-COS', 'SSE-KMS'],
      mapping: {
        null: null,
        'SSE-COS': { kind: 'SSE-COS', algorithm: 'AES256' },
        'SSE-KMS': { kind: 'SSE-KMS', algorithm: 'cos/kms', keyId: null },
      },
      control: { type: 'inline-radio' },
    },
    dir: { ...row('Of the root element.', "'ltr' | 'rtl'", '-'), options: ['ltr', 'rtl'], control: { type: 'inline-radio' } },
    disabled: flag('Takes no files.'),
    directory: flag('The file dialog picks folders. Dropped folders are read in either case.'),
  },
})

/** Choose or drop a file and watch it: nothing leaves the page. */
export const Default = meta.story({
  parameters: showCode('attachments.tsx'),
  play: async ({ canvas, canvasElement }) => {
    await choose(
      canvasElement,
      new File(['a picture'], 'harbour.png', { type: 'image/png' }),
      new File(['a contract'], 'contract.pdf', { type: 'application/pdf' }),
    )
    await waitFor(() => expect(canvas.getAllByText('Stored')).toHaveLength(2), { timeout: 5000 })
    await expect(canvas.getByText('2 of 2')).toBeVisible()
    await waitFor(() => expect(canvas.getByRole('log')).toHaveTextContent('2 files stored.'))
  },
})

/** The controls are the widget's own props. */
export const InChineseAndDisabled = meta.story({
  args: { messages: zhCN, disabled: true },
  parameters: showCode('attachments.tsx'),
  tags: ['!autodocs', '!dev'],
  play: ({ canvas }) => expect(canvas.getByRole('button', { name: '选择文件' })).toBeDisabled(),
})

/** The same widget from its parts, in another order and with other words. */
export const FromParts = meta.story({
  parameters: showCode('pictures.tsx'),
  render: (args) => <OwnLayout {...args} />,
  play: async ({ canvas, canvasElement }) => {
    await choose(canvasElement, new File(['a picture'], 'harbour.png', { type: 'image/png' }))
    await waitFor(() => expect(canvas.getByText('Stored')).toBeVisible(), { timeout: 5000 })
    await userEvent.click(canvas.getByRole('button', { name: 'Remove harbour.png from the list' }))
    await expect(canvas.getByRole('button', { name: 'Add pictures' })).toHaveFocus()
  },
})
