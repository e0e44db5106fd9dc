import { defineConfig, type UserConfig } from 'tsdown'
import { noDeadMaps } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts', node: 'src/node.ts', redis: 'src/redis.ts' },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  // One file for each entry and one that they share: a cold start on Node pays for every file that it opens.
  unbundle: false,
  dts: true,
  sourcemap: true,
  plugins: [noDeadMaps],
})
export default config
