import { corsHeaders } from '../cors/cors-headers.ts'
import { matchCorsRule } from '../cors/cors-rule-match.ts'
import { CosError } from '../errors/cos-error.ts'
import { emptyReply } from '../exchange/cos-reply.ts'
import type { Operation } from './operation.ts'

/** The preflight. https://cloud.tencent.com/document/product/436/8288 */
export const optionsObject: Operation = {
  name: 'options-object',
  handle(exchange) {
    const bucket = exchange.bucket()
    const origin = exchange.header('origin')
    const method = exchange.header('access-control-request-method')
    const headers = (exchange.header('access-control-request-headers') ?? '').split(',').flatMap((name) => name.trim() || [])
    const rule = origin === null || method === null ? null : matchCorsRule(bucket.cors, { origin, method, headers })
    if (rule === null || origin === null) {
      const asked = `${origin ?? 'no Origin'}, ${method ?? 'no Access-Control-Request-Method'}, headers: ${headers.join(', ') || 'none'}`
      throw new CosError('AccessForbidden', {
        explanation: {
          condition:
            bucket.cors.length === 0 ? 'The bucket has a CORS rule.' : 'One CORS rule of the bucket allows origin, method and headers at once.',
          value: asked,
          fix: `Add a rule to the bucket's "cors" with allowedOrigins ["${origin ?? '*'}"], allowedMethods ["${method ?? 'POST'}"], allowedHeaders ["*"].`,
        },
      })
    }
    const allowed = headers.length === 0 ? {} : { 'Access-Control-Allow-Headers': headers.join(',') }
    return Promise.resolve(emptyReply(200, { ...corsHeaders(rule, origin), ...allowed }))
  },
}
