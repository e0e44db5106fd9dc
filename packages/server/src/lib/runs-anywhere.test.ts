import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, Script } from 'node:vm'
import { describe, expect, it } from 'vitest'

const lib = fileURLToPath(new URL('.', import.meta.url))
const NODE_ONLY = ['node/', 'testing/']

function sources(): readonly string[] {
  return readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file))
    .filter((file) => !NODE_ONLY.some((folder) => file.startsWith(folder)))
}

describe('the server entry', () => {
  it('uses nothing of Node, so that it runs at the edge', () => {
    expect(sources().length).toBeGreaterThan(30)
    const using = sources().filter((file) =>
      /from 'node:|\b(?:process|Buffer)\.\w|\b(?:require|setImmediate)\(|__dirname/.test(readFileSync(lib + file, 'utf8')),
    )
    expect(using).toEqual([])
  })

  it('signs where there is only what the web platform has', async () => {
    const { rolldown } = await import('rolldown')
    const entry = fileURLToPath(new URL('../index.ts', import.meta.url))
    const bundle = await rolldown({ input: entry, platform: 'neutral' })
    const { output } = await bundle.generate({ format: 'iife', name: 'server' })
    await bundle.close()
    const web = {
      URL,
      Request,
      Response,
      Headers,
      TextEncoder,
      TextDecoder,
      ReadableStream,
      crypto,
      atob,
      btoa,
      fetch,
      setTimeout,
      AbortSignal,
      reply: undefined,
    }
    const context = createContext(web)
    new Script(output[0].code).runInContext(context)
    const use = `
      const account = { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz' }
      const handler = server.createPolicyHandler({
        bucket: 'examplebucket-1250000000', region: 'ap-guangzhou', credentials: account, authorize: server.allowAnyone(),
      })
      reply = handler(new Request('https://edge.example/', { method: 'POST', body: '{"files":[{"name":"a.png","type":"","size":1}]}' })).then((r) => r.json())`
    new Script(use).runInContext(context)
    expect((await (web.reply as unknown as Promise<{ posts: unknown[] }>)).posts).toHaveLength(1)
  })
})
