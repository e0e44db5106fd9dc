import { defineConfig, type UserConfig } from 'tsdown'
import { noDeadMaps } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  unbundle: true,
  dts: true,
  sourcemap: true,
  plugins: [noDeadMaps],
})
export default config
