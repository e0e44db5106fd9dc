import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright'
import { build, createServer, preview, type InlineConfig } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './lib/browser.ts'

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))
let app: string
let browser: Browser

// A page of somebody else's, with no server: the policy and the storage are functions, the worker is the package's own.
const page = `
import { createUploader } from '@cosdrop/core'
const headers = { 'x-cos-hash-crc64ecma': '11051210869376104954', etag: '"x"', location: 'https://host/a', 'x-cos-request-id': 'r' }
const uploader = createUploader({
  policy: async ({ files }) => ({
    serverTime: new Date().toISOString(),
    posts: files.map(() => ({ url: 'https://b-1.cos.r.myqcloud.com/', fields: { key: 'a' }, expiresAt: new Date(Date.now() + 6e5).toISOString() })),
  }),
  transport: async () => ({ status: 204, header: (name) => headers[name.toLowerCase()] ?? null, body: '', url: null, via: 'xhr' }),
})
uploader.uploadAsync(new File(['123456789'], 'a')).then(
  ({ integrity }) => (document.title = integrity),
  (error) => (document.title = String(error)),
)`

interface Manifest {
  readonly files: readonly string[]
  readonly publishConfig: Readonly<Record<'exports' | 'main' | 'types', unknown>>
}

/** What a package is once it is published: its built files, and the exports that publishing puts in place of the sources. */
async function install(name: string): Promise<void> {
  const target = join(app, 'node_modules/@cosdrop', name)
  mkdirSync(target, { recursive: true })
  await promisify(execFile)('tsdown', ['--out-dir', join(target, 'dist')], { cwd: join(packages, name) })
  const manifest: Manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
  for (const file of manifest.files) if (file !== 'dist') cpSync(join(packages, name, file), join(target, file), { recursive: true })
  const { exports, main, types } = manifest.publishConfig
  writeFileSync(join(target, 'package.json'), JSON.stringify({ ...manifest, exports, main, types }))
}

beforeAll(async () => {
  app = mkdtempSync(join(tmpdir(), 'cosdrop-packed-'))
  await install('protocol')
  await install('core')
  await install('react-ui')
  for (const dependency of ['hash-wasm', 'idb-keyval']) {
    cpSync(join(packages, 'core/node_modules', dependency), join(app, 'node_modules', dependency), { recursive: true, dereference: true })
  }
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', type: 'module', private: true }))
  writeFileSync(
    join(app, 'index.html'),
    '<!doctype html><title>waiting</title><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>',
  )
  writeFileSync(join(app, 'main.js'), page)
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  rmSync(app, { recursive: true, force: true })
})

async function look(url: string | undefined): Promise<{ title: string; workers: string[] }> {
  const tab = await browser.newPage()
  const workers: string[] = []
  tab.on('worker', (worker) => workers.push(new URL(worker.url()).pathname))
  await tab.goto(url ?? '')
  await tab.waitForFunction(() => document.title !== 'waiting')
  const title = await tab.title()
  await tab.close()
  return { title, workers }
}

const config = (): InlineConfig => ({
  root: app,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1' },
  preview: { port: 0, host: '127.0.0.1' },
})

test('the published package starts its hash worker in an app that was built', async () => {
  await build(config())
  const server = await preview(config())
  expect(await look(server.resolvedUrls?.local[0])).toEqual({ title: 'verified', workers: [expect.stringMatching(/^\/assets\/hash-worker-.*\.js$/)] })
  await server.close()
})

test('the published package starts its hash worker while an app is being developed', async () => {
  const server = await createServer(config())
  await server.listen()
  expect(await look(server.resolvedUrls?.local[0])).toEqual({ title: 'verified', workers: [expect.stringContaining('hash-worker.js')] })
  await server.close()
})

test('a library of somebody’s that Vite built, with a relative base, brings the hash worker along', async () => {
  const library = join(app, 'library')
  await build({ ...config(), base: './', build: { outDir: library, lib: { entry: join(app, 'main.js'), formats: ['es'], fileName: 'library' } } })
  const user = join(app, 'user')
  mkdirSync(user)
  cpSync(join(app, 'index.html'), join(user, 'index.html'))
  writeFileSync(join(user, 'main.js'), `import '../library/library.js'`)
  await build({ ...config(), root: user })
  const server = await preview({ ...config(), root: user })
  const { title, workers } = await look(server.resolvedUrls?.local[0])
  await server.close()
  // One that cannot be loaded is told of, too.
  expect([title, workers.map((worker) => existsSync(join(user, 'dist', worker)))]).toEqual(['verified', [true]])
})

test.each(['core', 'core/dom', 'protocol'])('the published %s is found by tools that do not know of "exports", as Parcel', (name) => {
  const folder = join(app, 'node_modules/@cosdrop', name)
  const { main, types }: Readonly<Record<'main' | 'types', string>> = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  expect([existsSync(join(folder, main)), existsSync(join(folder, types))]).toEqual([true, true])
})

test('the styles of the published react-ui are found by such tools, too', () => {
  const folder = join(app, 'node_modules/@cosdrop/react-ui')
  const [, target = ''] = /^@import '(.+)';$/m.exec(readFileSync(join(folder, 'styles.css'), 'utf8')) ?? []
  expect(readFileSync(join(folder, target), 'utf8')).toContain('.cd-dropzone')
})

test('the types of the published core stand in a Node project, which has no "DOM" and looks into libraries', async () => {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2022'],
    module: 'nodenext',
    types: ['node'],
    typeRoots: [join(packages, '../node_modules/@types')],
  }
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['upload.ts'] }))
  writeFileSync(
    join(app, 'upload.ts'),
    `import { createFetchTransport, createUploader } from '@cosdrop/core'
export * from '@cosdrop/core/testing'
export const uploader = createUploader({ policy: 'https://app.example.com/api/policy', transport: createFetchTransport() })`,
  )
  const complaints = await promisify(execFile)('tsc', ['-p', app, '--pretty', 'false']).catch(({ stdout }: { readonly stdout: string }) => ({
    stdout,
  }))
  expect(complaints.stdout).toBe('')
})
