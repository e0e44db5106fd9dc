import { createRequire } from 'node:module'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { spawned } from './listening.ts'

/** Where the package manager put the binary: the packages' own install scripts, which would link it, do not run here. */
function binaryOfBun(): string {
  const inside = createRequire(createRequire(import.meta.url).resolve('bun/package.json'))
  const { platform, arch } = process
  return inside.resolve(`@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}/bin/bun`)
}

describe('the policy endpoint in Bun', () => {
  describeAdapter((env) => spawned(binaryOfBun(), ['fetch-export.ts'], { env: { ...env, BUN_PORT: '0' } }))
})
