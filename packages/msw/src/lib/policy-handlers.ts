import { demoConfig, type Emulator } from '@cosdrop/emulator'
import { allowAnyone, createPolicyHandler, type PolicyHandlerOptions, type UploadUser } from '@cosdrop/server'
import { http, type HttpHandler } from 'msw'
import { asForServer } from './page-request.ts'

export interface PolicyHandlersOptions extends Partial<PolicyHandlerOptions<UploadUser>> {
  /** Where the app asks for policies: `/api/cos-policy`; an absolute URL where there is no page to resolve it against (Node without jsdom). */
  readonly url: string
  /** The emulator that `cosHandlers` answers with: bucket, region and credentials are taken from its config. @default the demo's */
  readonly emulator?: Emulator
}

/**
 * Handlers for the policy endpoint: the real one of `@cosdrop/server`, signing with a key that the emulator knows. Every option of
 * `createPolicyHandler` may be given; what is left out is the emulator's first bucket and its first permanent credential, open to anyone;
 * what the page is told nothing of, such as an error in a rule, goes to `console.error`.
 * @throws {CosServerError} `rules-invalid`
 */
export function policyHandlers(options: PolicyHandlersOptions): HttpHandler[] {
  const { url, emulator, ...given } = options
  const config = emulator?.service.config ?? demoConfig
  const bucket = config.buckets.find(({ name }) => given.bucket === undefined || name === given.bucket)
  const credential = config.credentials.find(({ token }) => token === undefined)
  const handler = createPolicyHandler({
    bucket: bucket?.name ?? '',
    region: bucket?.region ?? '',
    credentials: { secretId: credential?.secretId, secretKey: credential?.secretKey },
    authorize: allowAnyone(),
    // oxlint-disable-next-line no-console -- there is no server's log, which the reply points to; what a rule threw must not pass unseen in a test
    onError: (error) => console.error(error),
    ...given,
  })
  return [http.all(url, ({ request }) => handler(asForServer(request)))]
}
