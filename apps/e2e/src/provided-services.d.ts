import type {} from 'vitest'
import type {} from '@vitest/browser-playwright'

// What browser-services.ts starts for tests inside the browser.
declare module 'vitest' {
  interface ProvidedContext {
    /** A running local COS, `http://127.0.0.1:PORT`. */
    cosUrl: string
    /** A policy endpoint for it, open to every origin; `?trouble=NAME` as in the dev server. */
    policyUrl: string
    /** A server that breaks as it is told: lib/echo-services.ts. */
    echoUrl: string
    /** A landing page of another origin. */
    landingUrl: string
    /** A real folder on the disk, to be dropped: lib/temporary-folder.ts. */
    dropFolder: string
  }
}
