import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What an example may take for granted: things that are the reader's own. */
const READERS_OWN = `
import type { Authorize, CosClientOptions, StorePort } from '@cosdrop/server'
import type { Uploader, UploadItem } from '@cosdrop/core'
import type { IncomingMessage, ServerResponse } from 'node:http'

interface Context {
  readonly req: IncomingMessage & { readonly raw: Request }
  readonly res: ServerResponse
  respond: boolean
}

declare global {
  const app: { use(handle: (context: Context) => unknown): void; all(path: string, handle: (context: Context) => unknown): void }
  const authorize: Authorize<{ readonly id: string }>
  const bucket: CosClientOptions['bucket']
  const credentials: CosClientOptions['credentials']
  const db: { insert(row: Readonly<Record<string, unknown>>): Promise<void> }
  const fields: Readonly<Record<string, string>>
  const file: File
  const form: FormData
  const handler: (request: Request) => Promise<Response>
  const input: HTMLInputElement
  const key: string
  const region: string
  const render: (item: UploadItem) => void
  const secretId: string
  const secretKey: string
  const uploader: Uploader
  const userOfSession: (request: Request) => Promise<{ readonly id: string } | null>
}
`
const SESSION = 'export declare function currentUser(request: Request): Promise<{ readonly id: string } | null>\n'

// A user's own settings: what "strict" alone asks for. The packages are read as sources, which carry endings.
const SETTINGS = {
  strict: true,
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
  module: 'ESNext',
  moduleResolution: 'bundler',
  jsx: 'react-jsx',
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node', 'vite/client', 'vitest/globals'],
}

/** The TypeScript in a page, by a file name that tells its place there. */
function examplesOf(page: string): readonly (readonly [name: string, code: string])[] {
  const text = readFileSync(join(root, page), 'utf8')
  return Array.from(text.matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm), ({ index, 1: ending = '', 2: code = '' }) => {
    const line = text.slice(0, index).split('\n').length + 1
    return [`${page.replaceAll('/', '-')}-line-${line}.${ending}`, `${code}\nexport {}\n`] as const
  })
}

it('every example in a README or a guide passes the type checker as it stands', () => {
  const pages = readdirSync(join(root, 'packages'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`packages/${entry.name}/README.md`] : [],
  )
  const guides = readdirSync(join(root, 'stories/guides/server')).map((name) => `stories/guides/server/${name}`)
  const examples = ['README.md', ...pages, ...guides].flatMap(examplesOf)
  expect(examples.length).toBeGreaterThan(10)
  // Inside the repository, so that the packages are found as an app finds them.
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'readme-examples-'))
  try {
    const files = [...examples, ['readers-own.d.ts', READERS_OWN], ['session.ts', SESSION]] as const
    for (const [name, code] of files) writeFileSync(join(folder, name), code)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: SETTINGS, files: files.map(([name]) => name) }))
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
    // Of the packages themselves, which the types step checks with more settings than these, users get declarations only.
    expect(stdout.split('\n').filter((line) => /^[^.\s]/.test(line))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
