import { defineConfig, type UserConfig } from 'tsdown'
import { shared } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  ...shared,
  entry: { index: 'src/index.ts', signature: 'src/signature.ts' },
  platform: 'neutral',
  target: 'es2022',
  unbundle: true,
})
export default config
