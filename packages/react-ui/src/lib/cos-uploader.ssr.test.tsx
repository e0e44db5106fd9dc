// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CosUploader } from './cos-uploader.tsx'
import { zhCN } from './messages/zh-cn.ts'

afterEach(() => {
  cleanup()
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

const page = (
  <StrictMode>
    <CosUploader policy="/api/policy" messages={zhCN} restrictions={{ accept: 'image/*,.pdf', maxSize: 20 * 1024 ** 2, maxFiles: 50 }} />
  </StrictMode>
)

describe('a widget that a server rendered', () => {
  it('is whole before any script runs: the sentence, the limits, the trigger and the input', () => {
    const html = renderToString(page)
    expect(html).toContain('将文件拖到此处，或')
    expect(html).toContain('支持图片和 PDF')
    expect(html).toMatch(/<button[^>]*data-part="trigger"/u)
    expect(html).toMatch(/<input[^>]*type="file"/u)
    expect(html).not.toContain('undefined')
  })

  it('comes alive without a mismatch, in StrictMode too', async () => {
    const complaint = vi.spyOn(console, 'error')
    const container = document.body.appendChild(document.createElement('div'))
    container.innerHTML = renderToString(page)
    const button = screen.getByRole('button', { name: '选择文件' })
    const onRecoverableError = vi.fn<(error: unknown) => void>()
    const root = await act(() => hydrateRoot(container, page, { onRecoverableError }))
    expect(screen.getByRole('button', { name: '选择文件' })).toBe(button)
    expect(onRecoverableError).not.toHaveBeenCalled()
    expect(complaint).not.toHaveBeenCalled()
    await act(async () => root.unmount())
  })
})
