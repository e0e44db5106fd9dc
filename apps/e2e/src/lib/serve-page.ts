import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { listening } from './listening.ts'

export interface ServedPage {
  readonly url: string
  readonly close: () => void
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/**
 * A page as a user's build makes it, served from an origin of its own.
 * @param root folder with `index.html`
 * @param headers of every reply
 */
export async function servePage(root: string, headers: Readonly<Record<string, string>> = {}): Promise<ServedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'cosdrop-page-'))
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', modulePreload: false },
    worker: { format: 'es' },
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    const path = pathname === '/' ? '/index.html' : pathname
    try {
      const bytes = readFileSync(join(folder, path.replaceAll('..', '')))
      response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  const origin = await listening(server)
  return {
    url: `${origin}/`,
    close() {
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
