import { parseAuthorization, requestSignature, timingSafeEqual, type AuthorizationParameters } from '@cosdrop/protocol/signature'
import { checkKeyTime } from '../auth/key-time-window.ts'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { enforcePolicy, limitsOf, policyBytes, type FormToCheck } from './enforce-policy.ts'
import type { FormFields } from './form-fields.ts'
import { tokenOf } from './form-token.ts'
import { NO_LIMITS, type SizeLimits } from './size-limits.ts'

function signs(exchange: Exchange, fields: FormFields, given: AuthorizationParameters, secretKey: string): boolean {
  const headers = [...exchange.request.headers].filter(([name]) => name !== 'host')
  const asHeaders = [...headers, ['host', exchange.request.host] as const]
  // The web SDK signs the path /; the Android SDK signs the form's fields in the place of headers (facts §2).
  for (const path of new Set(['/', exchange.address.path])) {
    for (const pairs of [asHeaders, fields.entries()]) {
      const { urlParamList, headerList, keyTime } = given
      const request = { secretKey, keyTime, method: 'post', path, params: exchange.address.params, headers: pairs, urlParamList, headerList }
      if (timingSafeEqual(requestSignature(request).signature, given.signature)) return true
    }
  }
  return false
}

/** The second documented way: a standard signature in the field `Signature`, no policy needed (facts §2). */
export function authorizeBySignatureField(exchange: Exchange, form: FormToCheck, value: string): SizeLimits {
  const given = parseAuthorization(value)
  if (given === null) {
    const explanation = {
      condition: 'Signature holds q-sign-algorithm=sha1&q-ak=…&q-signature=….',
      value: null,
      fix: 'Send the whole Authorization text.',
    }
    throw new CosError('InvalidArgument', { message: 'Signature value invalid', explanation })
  }
  const secretKey = exchange.service.credentials.secretKeyOf(given.secretId, tokenOf(exchange, form.fields), exchange.now())
  if (!signs(exchange, form.fields, given, secretKey)) {
    throw new CosError('SignatureDoesNotMatch', {
      explanation: {
        condition: 'Signature is the standard signature of method post and path /.',
        value: 'another signature',
        fix: 'Sign method post and path /, with the headers and parameters that the lists name.',
      },
    })
  }
  checkKeyTime('q-sign-time', given.signTime, exchange.now())
  checkKeyTime('q-key-time', given.keyTime, exchange.now())
  exchange.caller = { kind: 'signed', secretId: given.secretId }
  const policy = form.fields.get('policy')
  return policy === null || policy === '' ? NO_LIMITS : limitsOf(enforcePolicy(policyBytes(policy), form, exchange.now()))
}
