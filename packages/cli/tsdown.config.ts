import { defineConfig, type UserConfig } from 'tsdown'
import { noDeadMaps } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts', command: 'src/command.ts' },
  format: 'esm',
  platform: 'node',
  // .js: the package is ESM throughout, and its manifest names .js files.
  fixedExtension: false,
  target: ['node20.19'],
  unbundle: true,
  dts: true,
  sourcemap: true,
  plugins: [noDeadMaps],
})
export default config
