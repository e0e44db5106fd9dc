import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumLaunch } from './apps/e2e/src/lib/chromium.ts'

const otherBrowsers = 'apps/e2e/src/other-browsers.test.ts'
const browserTests = ['packages/*/src/**/*.browser.test.{ts,tsx}']

export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Property tests on a machine that is busy with other things: only a hang is to fail.
          testTimeout: 30_000,
          setupFiles: ['packages/vitest.setup.ts'],
          environment: 'node',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/{adapters,dev-server,playground}/src/**/*.test.{ts,tsx}'],
          exclude: [...browserTests, '**/node_modules/**'],
        },
      },
      {
        extends: true,
        // MSW's worker lies in node_modules, and is to answer the whole page.
        server: { headers: { 'Service-Worker-Allowed': '/' } },
        // Found by Vite only while a test runs, they would make it reload the page in the middle.
        optimizeDeps: {
          include: [
            '@cosdrop/core > hash-wasm',
            '@cosdrop/core > idb-keyval',
            '@cosdrop/emulator > axe-core',
            '@cosdrop/emulator > cos-js-sdk-v5',
            '@cosdrop/emulator > hash-wasm',
            '@cosdrop/protocol > @noble/hashes/hmac.js',
            '@cosdrop/protocol > @noble/hashes/legacy.js',
            '@cosdrop/protocol > @noble/hashes/utils.js',
            '@cosdrop/server > @noble/hashes/sha2.js',
            '@mswjs/interceptors/XMLHttpRequest',
            '@mswjs/interceptors/fetch',
            '@testing-library/dom',
            'msw',
            'msw/browser',
            'msw/experimental',
          ],
        },
        test: {
          name: 'browser',
          include: browserTests,
          testTimeout: 30_000,
          setupFiles: ['packages/vitest.setup.ts'],
          globalSetup: ['apps/e2e/src/browser-services.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['apps/e2e/src/**/*.test.ts'],
          exclude: [otherBrowsers, '**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: { name: 'browsers', environment: 'node', include: [otherBrowsers], testTimeout: 120_000, hookTimeout: 60_000 },
      },
    ],
  },
})
