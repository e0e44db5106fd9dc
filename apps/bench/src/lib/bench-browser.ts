import { chromiumLaunch } from '@cosdrop/e2e/chromium'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import { build } from 'vite'
import { openQuietTab, type BenchTab } from './quiet-tab.ts'

export interface BenchBrowser {
  /** A new page with `window.bench` on it, gone when the work is done. */
  readonly withPage: <Result>(work: (page: Page) => Promise<Result>) => Promise<Result>
  /** The same in a tab that nobody listens to: for what is measured in time. */
  readonly withTab: <Result>(work: (tab: BenchTab) => Promise<Result>) => Promise<Result>
  readonly close: () => Promise<void>
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm' }

/** The pages as a user's build makes them, in a real Chromium, from an origin that is not the storage's. */
export async function startBenchBrowser(): Promise<BenchBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'cosdrop-bench-pages-'))
  await build({
    root: fileURLToPath(new URL('../pages', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, modulePreload: false, target: 'esnext', chunkSizeWarningLimit: 2000 },
    worker: { format: 'es' },
  })
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    try {
      const bytes = readFileSync(join(folder, path === '/' ? 'index.html' : path.replaceAll('..', '')))
      response.writeHead(200, { 'Content-Type': TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = address instanceof Object ? `http://127.0.0.1:${address.port}/` : ''
  // precise-memory-info: without it the heap's figures are rounded by up to 10 %.
  const browser = await chromium.launch({ ...chromiumLaunch, args: [...chromiumLaunch.args, '--enable-precise-memory-info'] })
  return {
    async withPage(work) {
      const page = await browser.newPage()
      page.on('pageerror', (error) => console.log(`  in the page: ${error.message}`))
      try {
        await page.goto(url)
        await page.waitForFunction(() => 'bench' in window)
        return await work(page)
      } finally {
        await page.close()
      }
    },
    async withTab(work) {
      const tab = await openQuietTab(browser, url)
      try {
        while ((await tab.evaluate("'bench' in window")) !== true) await setTimeout(20)
        return await work(tab)
      } finally {
        await tab.close()
      }
    },
    async close() {
      await browser.close()
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
