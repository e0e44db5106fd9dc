import { defineConfig, type UserConfig } from 'tsdown'
import { shared } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  ...shared,
  entry: { index: 'src/index.ts', styles: 'src/styles.css' },
  platform: 'browser',
  target: ['es2022', 'chrome111', 'safari16.4', 'firefox114'],
  unbundle: true,
  // 'use client' is kept in each file of its own: that is what is wanted, so no warning.
  inputOptions: {
    onLog: (level, log, handler) => {
      if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log)
    },
  },
})
export default config
