import { startDevServer, type DevServer } from '@cosdrop/dev-server'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium } from './lib/browser.ts'

let server: DevServer
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await startDevServer({ port: 0, cosPort: 0 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  page = await browser.newPage()
})
afterEach(() => page.close())

const section = (name: string) => page.getByRole('region', { name })
const choose = (name: string, file: string, size = 2000) =>
  section(name)
    .locator('input[type=file]')
    .setInputFiles({ name: file, mimeType: 'application/pdf', buffer: Buffer.alloc(size, 7) })

it('who takes a trouble away keeps the list, and a file that was refused a policy is stored by another try', async () => {
  await page.goto(`${server.url}?trouble=policy-refused`)
  await choose('The drop-in', 'drop-in.pdf')
  await choose('Your own interface, on the hook', 'own.pdf')
  const retry = section('The drop-in').getByRole('button', { name: 'Try drop-in.pdf again' })
  await retry.waitFor()
  const ownRetry = section('Your own interface, on the hook').getByRole('button', { name: 'Retry own.pdf' })
  await ownRetry.waitFor()
  await page.getByLabel('Trouble').selectOption({ label: 'None' })
  await retry.click()
  await section('The drop-in').getByText('Stored and verified').waitFor()
  await ownRetry.click()
  expect(await section('Your own interface, on the hook').getByText('Stored as').textContent()).toMatch(/uploads\/.+own\.pdf, ETag/)
})

it('a connection is cut on a small file as well', async () => {
  await page.goto(`${server.url}?trouble=connection-cut`)
  await choose('The drop-in', 'small.pdf')
  const told = await section('The drop-in')
    .getByText(/May be stored already|Next try/)
    .first()
    .textContent()
  expect(told).not.toContain('verified')
})

it('the line of code that a trouble makes long is read without a mouse', async () => {
  await page.setViewportSize({ width: 1000, height: 700 })
  await page.goto(`${server.url}?trouble=form-field-missing`)
  const hidden = await page.locator('.page-code').evaluateAll((boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth))
  expect(hidden).toEqual([0, 0])
})

it('a screen reader is told which words are English and which are Chinese', async () => {
  await page.goto(`${server.url}?locale=zh-CN`)
  await section('The drop-in').getByText('选择文件').waitFor()
  const spoken = (text: string) => page.getByText(text).evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))
  expect([await spoken('选择文件'), await spoken('or drop them anywhere in this box')]).toEqual(['zh-CN', 'en'])
})

it('who goes through the page with the keyboard sees at each step where he is', async () => {
  await page.goto(server.url)
  await section('Your own interface, on the hook').getByRole('button', { name: 'Choose files', exact: true }).waitFor()
  const widths: number[] = []
  for (;;) {
    await page.keyboard.press('Tab')
    const width = await page.evaluate(() => (document.activeElement === document.body ? null : document.activeElement?.getBoundingClientRect().width))
    if (width === null || width === undefined) break
    widths.push(width)
  }
  // The bucket, three settings, and a button of each interface.
  expect(widths).toHaveLength(6)
  expect(Math.min(...widths)).toBeGreaterThan(20)
})
