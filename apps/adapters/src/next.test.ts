import { mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { spawned } from './listening.ts'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const output = join(import.meta.dirname, '../node_modules/.cache/next', String(process.pid))

describe('the policy endpoint as a route handler of Next.js', () => {
  describeAdapter(async (env) => {
    await mkdir(output, { recursive: true })
    const running = await spawned(process.execPath, [next, 'dev', '--hostname', '127.0.0.1', '--port', '0'], {
      cwd: join(import.meta.dirname, '../next-app'),
      env: { ...env, NEXT_OUTPUT: String(process.pid), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'development' },
    })
    return {
      ask: running.ask,
      close: async () => {
        await running.close()
        await rm(output, { recursive: true, force: true, maxRetries: 5 })
      },
    }
  })
})
