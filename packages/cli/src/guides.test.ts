import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmulator, demoConfig } from '@cosdrop/emulator'
import { describe, expect, it } from 'vitest'
import { captured } from './lib/testing/captured-run.ts'

const folder = join(import.meta.dirname, '../../../stories/guides/server')
const [bucket] = demoConfig.buckets
const [credentials] = demoConfig.credentials
const env = { COS_SECRET_ID: credentials!.secretId, COS_SECRET_KEY: credentials!.secretKey }

/** The bucket of the guides, as somebody leaves it who has set CORS by hand. */
function toEmulator(): typeof fetch {
  const cors = [{ allowedOrigins: ['https://app.example.com'], allowedMethods: ['POST'], allowedHeaders: [], exposeHeaders: ['ETag'] }] as const
  const emulator = createEmulator({ config: { ...demoConfig, buckets: [{ ...bucket!, cors }] } })
  return (input, init) => emulator.fetch(new Request(input, init))
}

function fences(guide: string, language: string): readonly string[] {
  const text = readFileSync(join(folder, guide), 'utf8')
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, body = '']) => body)
}

const guides = readdirSync(folder).filter((name) => name.endsWith('.mdx'))
const lines = guides.flatMap((guide) =>
  fences(guide, 'sh').flatMap((body) =>
    body
      .split('\n')
      .filter((line) => line.startsWith('cosdrop '))
      .map((line) => [guide, line] as const),
  ),
)

describe('the guides', () => {
  it.each(lines)('%s: %s is a command as it stands', async (_guide, line) => {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
    const run = await captured(words.slice(1), { env, fetch: toEmulator() })
    expect([run.exit === 2, run.stderr]).toEqual([false, expect.not.stringContaining('Something unforeseen')])
  })

  it.each(['doctor.mdx', 'doctor.zh-cn.mdx'])('%s shows what the doctor prints', async (guide) => {
    const shown = fences(guide, 'text')
    expect(shown).toHaveLength(1)
    const [, line = '', output = ''] = /^\$ cosdrop (.*)\n([^]*)$/.exec(shown[0] ?? '') ?? []
    const run = await captured(line.split(' '), { env, fetch: toEmulator() })
    expect(run.stdout.slice(0, output.length)).toBe(output)
    expect(output).not.toBe('')
  })
})
