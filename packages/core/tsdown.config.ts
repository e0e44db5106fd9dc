import { defineConfig, type UserConfig } from 'tsdown'
import { shared } from '../tsdown.shared.ts'

const config: UserConfig = defineConfig({
  ...shared,
  // The worker is a file of its own: `new Worker(new URL(…))` names it, and no import leads to it.
  entry: { index: 'src/index.ts', dom: 'src/dom.ts', 'hash-worker': 'src/hash-worker.ts', testing: 'src/testing.ts' },
  platform: 'browser',
  target: ['es2022', 'chrome111', 'safari16.4', 'firefox114'],
  unbundle: true,
})
export default config
