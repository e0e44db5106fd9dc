import { useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import preview from '../.storybook/preview.tsx'
import { OwnInterface } from './examples/own-interface.tsx'
import { choose } from './lib/choose.ts'
import { showCode } from './lib/show-code.ts'
import { slowStorageUploader } from './lib/slow-storage.ts'

/** An interface of one's own: each row rerenders with its own file, the sum with the totals, the page with neither. */
function OwnPage() {
  const [uploader] = useState(slowStorageUploader)
  return <OwnInterface uploader={uploader} />
}

const meta = preview.meta({ title: 'Hooks', component: OwnPage, parameters: showCode('own-interface.tsx') })

export const OwnLook = meta.story({
  play: async ({ canvas, canvasElement }) => {
    await choose(canvasElement, new File(['a'], 'a.png', { type: 'image/png' }), new File(['b'], 'b.png', { type: 'image/png' }))
    await waitFor(() => expect(canvas.getByText('2 of 2 stored')).toBeVisible(), { timeout: 5000 })
    await expect(canvas.getByText('a.png: success')).toBeVisible()
  },
})
/** What has no colours of its own is read in the dark as well. */
export const OwnLookDark = meta.story({ ...OwnLook.input, parameters: { theme: 'dark' } })
