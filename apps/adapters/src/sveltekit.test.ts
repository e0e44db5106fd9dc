import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { spawned } from './listening.ts'

const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')

describe('the policy endpoint as a server route of SvelteKit', () => {
  describeAdapter((env) =>
    spawned(process.execPath, [vite, 'dev', '--host', '127.0.0.1', '--port', '0'], {
      cwd: join(import.meta.dirname, '../sveltekit-app'),
      env: { ...env, NODE_ENV: 'development' },
    }),
  )
})
