import { defineConfig, type UserConfig } from 'tsdown'
import { shared } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  ...shared,
  entry: { index: 'src/index.ts', node: 'src/node.ts', command: 'src/command.ts' },
  platform: 'neutral',
  target: 'es2022',
  deps: { neverBundle: [/^node:/] },
  unbundle: true,
})
export default config
