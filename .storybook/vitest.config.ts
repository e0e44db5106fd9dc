import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { chromiumLaunch } from '../apps/e2e/src/lib/chromium.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

// A configuration of its own: reading the stories costs seconds that the other tests need not wait for.
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [storybookTest({ configDir: here })],
  test: {
    name: 'stories',
    testTimeout: 30_000,
    // One page for all: half the time, and stories share nothing but the page.
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 900, height: 900 },
      provider: playwright({ launchOptions: chromiumLaunch }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
