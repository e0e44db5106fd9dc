import { createRequire } from 'node:module'
import { describe } from 'vitest'
import { describeAdapter } from './adapter-contract.ts'
import { spawned } from './listening.ts'

function binaryOfDeno(): string {
  const inside = createRequire(createRequire(import.meta.url).resolve('deno/package.json'))
  const { platform, arch } = process
  return inside.resolve(`@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}/deno`)
}

describe('the policy endpoint in Deno', () => {
  // Network and environment are all it is allowed, beside reading its own code.
  describeAdapter((env) => spawned(binaryOfDeno(), ['run', '--no-lock', '--allow-net', '--allow-env', '--allow-read', 'deno.ts'], { env }))
})
