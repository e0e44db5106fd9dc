import { base64OfText } from '../base64.ts'
import type { PolicyCondition, PolicyDocument } from './policy-document.ts'

function conditionJson(condition: PolicyCondition): unknown {
  switch (condition.kind) {
    case 'eq':
      return { [condition.field]: condition.value }
    case 'starts-with':
      return ['starts-with', `$${condition.field}`, condition.value]
    case 'content-length-range':
      return ['content-length-range', condition.min, condition.max]
    default:
      return condition satisfies never
  }
}

/** The policy's text. The signature covers exactly these bytes: sign and send this very string, never a second serialisation of it. */
export function buildPolicy(policy: PolicyDocument): string {
  return JSON.stringify({ expiration: policy.expiration, conditions: policy.conditions.map(conditionJson) })
}

/** The value of the form field `policy`: Base64 of the text's UTF-8 bytes. */
export function encodePolicy(text: string): string {
  return base64OfText(text)
}
