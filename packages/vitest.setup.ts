import { vi } from 'vitest'

// Milliseconds, for what is waited for in real time. On a machine that is busy with other things only a hang is to fail, and Vitest has no setting
// for this.
const timeout = 20_000
const { waitFor } = vi
vi.waitFor = (check, options) => waitFor(check, { timeout, ...(typeof options === 'number' ? { timeout: options } : options) })

// Importing it takes a fifth of a second: not where there is no page.
if ('document' in globalThis) (await import('@testing-library/dom')).configure({ asyncUtilTimeout: timeout })
