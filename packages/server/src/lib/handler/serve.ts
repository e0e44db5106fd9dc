import { refusal } from '../policy/refusal.ts'
import { checkOrigins, crossOriginHeaders, preflightReply, type CrossOrigin } from './cross-origin.ts'
import { errorReply, jsonReply, type ErrorListener } from './reply.ts'

export type Handler = (request: Request) => Promise<Response>

/** What all endpoints do alike: origins, preflights, methods, JSON out, errors. @param methods answers by method, as JSON texts */
export function serve(
  methods: Readonly<Record<string, (request: Request) => Promise<string | Uint8Array<ArrayBuffer>>>>,
  { cors, onError }: { readonly cors: CrossOrigin | undefined; readonly onError: ErrorListener | undefined },
): Handler {
  checkOrigins(cors)
  const allowed = [...Object.keys(methods), 'OPTIONS'].join(', ')
  return async (request) => {
    let headers: Readonly<Record<string, string>> = {}
    try {
      headers = crossOriginHeaders(request, cors)
      if (request.method === 'OPTIONS') return preflightReply({ ...headers, 'Access-Control-Allow-Methods': allowed }, cors)
      // Of the reply to a HEAD servers leave out the body by themselves.
      const method = request.method.replace(/^HEAD$/, 'GET')
      const answer = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (answer === undefined) {
        headers = { ...headers, Allow: allowed }
        throw refusal('method-not-allowed', `${request.method} means nothing here. Allowed are ${allowed}.`, { status: 405 })
      }
      return jsonReply(await answer(request), 200, headers)
    } catch (error) {
      // That the page has left is no error. Some runtimes give a request no signal, and what fails without a reason is not what one tells.
      return errorReply(error, headers, error && error === request.signal?.reason ? undefined : onError)
    }
  }
}
