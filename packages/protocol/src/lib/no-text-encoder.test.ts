import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

it("is loaded where there is no TextEncoder: a page's tests in Jest's jsdom show it, and upload nothing", async () => {
  vi.stubGlobal('TextEncoder', undefined)
  vi.resetModules()
  expect(await import('../index.ts')).toHaveProperty('checkObjectKey')
})
