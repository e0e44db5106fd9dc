import { decodePolicy, parseExpiration, parsePolicy, PolicyDocumentError, type PolicyDocument } from '@cosdrop/protocol'
import { isRecord } from '../is-record.ts'
import { parsedJson } from '../parsed-json.ts'

/** The policy's own text, from what people have at hand: its Base64, its JSON, a signed form, or a policy endpoint's whole reply. */
function policyText(input: string): string {
  const text = input.trim()
  if (!text.startsWith('{')) return decodePolicy(text.replaceAll(/\s+/g, ''))
  const value = parsedJson(text)
  if (!isRecord(value)) return text
  const [post] = Array.isArray(value['posts']) ? value['posts'] : [value]
  const fields = isRecord(post) ? post['fields'] : undefined
  return isRecord(fields) && typeof fields['policy'] === 'string' ? decodePolicy(fields['policy']) : text
}

/**
 * A policy as it was found. An `expiration` without a zone, the classic mistake of local time, is left as it stands, though COS would not read it.
 * @throws {PolicyDocumentError} when there is no policy in it, or one that COS would not read for another reason
 */
export function readPolicyInput(input: string): PolicyDocument {
  const text = policyText(input)
  try {
    return parsePolicy(text)
  } catch (error) {
    const value = parsedJson(text)
    const expiration = isRecord(value) ? value['expiration'] : undefined
    const isTime = typeof expiration === 'string' && parseExpiration(`${expiration}Z`) !== null
    if (!(error instanceof PolicyDocumentError) || error.problem !== 'bad-expiration' || !isTime) throw error
    const { conditions } = parsePolicy(JSON.stringify({ ...(isRecord(value) && value), expiration: '2000-01-01T00:00:00Z' }))
    return { expiration, conditions }
  }
}
