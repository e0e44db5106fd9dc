import { parseKeyTime } from '@cosdrop/protocol'
import { signPolicy, timingSafeEqual } from '@cosdrop/protocol/signature'
import { checkKeyTime } from '../auth/key-time-window.ts'
import { CosError, type Explanation } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { checkRequiredConditions, enforcePolicy, limitsOf, policyBytes, type FormToCheck } from './enforce-policy.ts'
import type { FormFields } from './form-fields.ts'
import { tokenOf } from './form-token.ts'
import type { SizeLimits } from './size-limits.ts'

export const SIGNATURE_FIELDS = ['policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature'] as const

function required(fields: FormFields, name: (typeof SIGNATURE_FIELDS)[number]): string {
  const value = fields.get(name)
  if (value !== null && value !== '') return value
  throw new CosError('AccessDenied', {
    // The wording that COS was seen to use for a missing signature (facts §5).
    message: `Check auth failure because ${name === 'q-signature' ? 'signature' : name} empty.`,
    explanation: {
      condition: `A signed form has ${SIGNATURE_FIELDS.join(', ')}, all before the file.`,
      value: `no ${name}`,
      fix: `Append ${name} before the file; fields after the file do not count.`,
    },
  })
}

function mismatch(keyTime: string): Pick<Explanation, 'value' | 'fix'> {
  if (parseKeyTime(keyTime) === null) {
    const fix = 'Send the "<start>;<end>" that was signed. curl -F ends a value at its semicolon: write --form-string in its place.'
    return { value: `q-key-time is ${keyTime}`, fix }
  }
  const fix =
    'Sign the very bytes that are sent: build the JSON once, sign it, and send the Base64 of the same text. Check that q-key-time is the one that was signed.'
  return { value: 'another signature', fix }
}

/** `official/post-object.txt`, "Signature protection": the signature covers the decoded bytes of the policy. */
export function authorizeByPolicy(exchange: Exchange, form: FormToCheck): SizeLimits {
  const { fields } = form
  const [policy, algorithm, secretId, keyTime, signature] = [
    required(fields, 'policy'),
    required(fields, 'q-sign-algorithm'),
    required(fields, 'q-ak'),
    required(fields, 'q-key-time'),
    required(fields, 'q-signature'),
  ]
  if (algorithm !== 'sha1') {
    const explanation = { condition: 'q-sign-algorithm is sha1.', value: algorithm, fix: 'Send q-sign-algorithm=sha1.' }
    throw new CosError('InvalidArgument', { message: `q-sign-algorithm value invalid:${algorithm}`, explanation })
  }
  const bytes = policyBytes(policy)
  const secretKey = exchange.service.credentials.secretKeyOf(secretId, tokenOf(exchange, fields), exchange.now())
  if (!timingSafeEqual(signPolicy({ secretKey, keyTime, policy: bytes }).signature, signature)) {
    const condition = 'q-signature is the signature of the policy in the form, for q-key-time, by the SecretKey of q-ak.'
    throw new CosError('SignatureDoesNotMatch', { explanation: { condition, ...mismatch(keyTime) } })
  }
  exchange.caller = { kind: 'signed', secretId }
  const document = enforcePolicy(bytes, form, exchange.now())
  checkRequiredConditions(document)
  checkKeyTime('q-key-time', keyTime, exchange.now())
  return limitsOf(document)
}
