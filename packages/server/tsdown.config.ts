import { defineConfig, type UserConfig } from 'tsdown'
import { shared } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  ...shared,
  entry: { index: 'src/index.ts', node: 'src/node.ts', redis: 'src/redis.ts' },
  platform: 'neutral',
  target: 'es2022',
  // One file for each entry and one that they share: a cold start on Node pays for every file that it opens.
  unbundle: false,
})
export default config
