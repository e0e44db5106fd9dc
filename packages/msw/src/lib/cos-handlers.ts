import { ConnectionCut, createEmulator, type Emulator, type EmulatorConfigInput } from '@cosdrop/emulator'
import { http, HttpResponse, type HttpHandler } from 'msw'
import { bucketPattern } from './bucket-pattern.ts'
import { asFromPage } from './page-request.ts'

export interface CosHandlersOptions {
  /** An emulator of your own: to look at what was stored (`emulator.service.storage`) or to add faults while a test runs. */
  readonly emulator?: Emulator
  /** What to make an emulator of when none is given. @default the demo: `examplebucket-1250000000`, private, CORS for everyone */
  readonly config?: EmulatorConfigInput
  /**
   * Base URLs under which buckets are addressed by path, as with the emulator's command: `['http://127.0.0.1:9000']`. Everything below
   * them is the emulator's. Bucket hosts (`<bucket>.cos.<region>.<anything>`) are always answered.
   * @default none
   */
  readonly baseUrls?: readonly string[]
}

/**
 * Handlers that answer every request to a bucket as COS would: policies and signatures are checked, objects are kept, and a bucket that
 * the config does not have is NoSuchBucket. Requests to other addresses are left alone. For `setupServer`, `setupWorker` and `defineNetwork`.
 * @throws {ConfigError} for a config that the emulator does not take
 */
export function cosHandlers(options: CosHandlersOptions = {}): HttpHandler[] {
  const emulator = options.emulator ?? createEmulator(options.config === undefined ? {} : { config: options.config })
  return [
    http.all(bucketPattern(options.baseUrls ?? []), async ({ request }) => {
      try {
        return await emulator.fetch(asFromPage(request))
      } catch (error) {
        // A thrown error would become a 500; a cut connection is a network error.
        if (error instanceof ConnectionCut) return HttpResponse.error()
        throw error
      }
    }),
  ]
}
