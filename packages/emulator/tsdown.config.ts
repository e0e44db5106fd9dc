import { defineConfig, type UserConfig } from 'tsdown'
import { noDeadMaps } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts', node: 'src/node.ts', command: 'src/command.ts' },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  deps: { neverBundle: [/^node:/] },
  unbundle: true,
  dts: true,
  sourcemap: true,
  plugins: [noDeadMaps],
})
export default config
