import { checkFieldValue, formField } from '@cosdrop/protocol'
import type { CosServerError } from '../server-error.ts'
import { NEUTRAL } from './default-rules.ts'
import type { FieldRule } from './field-rule.ts'
import { invalidOption } from './invalid-option.ts'

const NOT_RULED = new Set(['key', 'file', 'x-cos-meta-*'])

/** A rule may name the field: it is neither the key, nor the file, nor one that signing makes. */
export function isRuled(name: string): boolean {
  return formField(name)?.group !== 'signature' && !NOT_RULED.has(name.toLowerCase())
}

export function invalidRule(field: string, problem: string): CosServerError<'rules-invalid'> {
  return invalidOption(field, `The rule for "${field}" cannot work: ${problem}`)
}

function checkValue(field: string, value: string): void {
  if (/[\r\n]/.test(value)) throw invalidRule(field, 'forms change line ends on their way, so the value would never match its policy.')
  const problem = checkFieldValue(field, value)
  if (problem !== null) throw invalidRule(field, problem.message)
}

/** Tells at once what COS would refuse, or what no policy can hold. @throws {CosServerError} `rules-invalid` */
export function checkFieldRule(name: string, rule: FieldRule): void {
  const field = formField(name)
  if (field === null) throw invalidRule(name, 'COS documents no such form field. See the list under "Form fields" of POST Object.')
  if (!isRuled(name)) throw invalidRule(name, 'this field is made by the signer.')
  checkValue(name, '')
  if (rule === 'free') return
  if (field.match === 'none') throw invalidRule(name, 'COS policies cannot limit this field; the only rule is "free".')
  if (rule === 'forbidden') {
    if (NEUTRAL.has(field.name)) return
    throw invalidRule(name, 'no value of it means "not set", so nothing can keep a visitor from adding it. Leave the rule out, or fix a value.')
  }
  if ('fixed' in rule) return checkValue(name, rule.fixed)
  if ('prefix' in rule) {
    // https://my.website is also the beginning of https://my.website.evil.example.
    if (field.name === 'success_action_redirect' && !/^https?:\/\/[^/\s@\\]+\//.test(rule.prefix)) {
      throw invalidRule(
        name,
        'the prefix must go as far as the slash after the host, https://my.website/, or other hosts would do too. Or use redirectWithin.',
      )
    }
    if (field.match === 'exact-or-prefix') return
    throw invalidRule(name, 'COS allows an exact match only for this field. Use "fixed" or "within".')
  }
  if (rule.otherwise !== undefined) checkValue(name, rule.otherwise)
  if (typeof rule.within !== 'function') for (const value of rule.within) checkValue(name, value)
}
