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
  // Its environment is all it is allowed to see, beside its own code.
  describeAdapter((env) =>
    spawned(binaryOfDeno(), ['serve', '--host', '127.0.0.1', '--port', '0', '--no-lock', '--allow-env', '--allow-read', 'fetch-export.ts'], { env }),
  )
})
