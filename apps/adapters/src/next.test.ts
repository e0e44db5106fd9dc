import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { spawned } from './listening.ts'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

describe('the policy endpoint as a route handler of Next.js', () => {
  describeAdapter((env) =>
    spawned(process.execPath, [next, 'dev', '--hostname', '127.0.0.1', '--port', '0'], {
      cwd: join(import.meta.dirname, '../next-app'),
      env: { ...env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'development' },
    }),
  )
})
