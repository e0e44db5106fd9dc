import { defineConfig, type UserConfig } from 'tsdown'
import { shared } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  ...shared,
  entry: { index: 'src/index.ts', command: 'src/command.ts' },
  platform: 'node',
  // .js: the package is ESM throughout, and its manifest names .js files.
  fixedExtension: false,
  target: ['node20.19'],
  unbundle: true,
})
export default config
