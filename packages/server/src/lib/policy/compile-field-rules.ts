import { checkFieldValue, FORM_FIELDS, formField, isMetadataField, utf8Length } from '@cosdrop/protocol'
import { CosServerError } from '../server-error.ts'
import { checkFieldRule, invalidRule, isRuled } from './check-field-rule.ts'
import { defaultRule, NEUTRAL } from './default-rules.ts'
import type { FieldRule, FieldRules, RuledField } from './field-rule.ts'
import { badRequest } from './refusal.ts'

/** What the rules made of one request's wishes. Same for all its files. */
export interface FieldDecision {
  /** The bucket's URL. */
  readonly url: string
  /** As JSON texts; the bucket's comes first. */
  readonly conditions: readonly string[]
  /** What satisfies them. */
  readonly fields: readonly (readonly [name: string, value: string])[]
}

export type DecideFields = (wishes: readonly (readonly [name: string, value: string])[]) => FieldDecision

interface CompiledField {
  readonly name: string
  readonly rule: FieldRule
}

const METADATA_BYTES = 2048

function canonicalName(name: string): string {
  return isMetadataField(name) ? name.toLowerCase() : (formField(name)?.name ?? name)
}

/** All fields that COS documents, with the rule that holds for each; then the metadata that the options name. */
function compile(rules: FieldRules, except: readonly string[]): readonly CompiledField[] {
  const given = new Map<string, FieldRule>()
  for (const [name, rule] of Object.entries(rules)) {
    if (rule === undefined) continue
    checkFieldRule(name, rule)
    const canonical = canonicalName(name)
    if (given.has(canonical)) throw invalidRule(name, 'two rules name it; names are compared without regard to case.')
    given.set(canonical, rule)
  }
  const known = FORM_FIELDS.map(({ name }) => name).filter((name) => isRuled(name) && !except.includes(name))
  const metadata = [...given.keys()].filter(isMetadataField)
  return [...known, ...metadata].map((name) => ({ name, rule: given.get(name) ?? defaultRule(name) }))
}

function wishRefused(name: string, why: string): CosServerError<'refused'> {
  return badRequest('wish-refused', `The page asked for the form field "${name}", ${why}`)
}

function isAllowed(within: readonly string[] | ((value: string) => boolean), value: string): boolean {
  return typeof within === 'function' ? within(value) : within.includes(value)
}

export interface CompileOptions {
  readonly bucket: string
  /** The bucket's URL. */
  readonly url: string
  /** Pins fields whose neutral value is empty. */
  readonly blankPins: boolean
  /** Fields that the caller puts into each policy by itself; no wish for them is granted. @default none */
  readonly except?: readonly RuledField[]
}

/** Compiles rules once, so that a request costs no more than its own wishes. @throws {CosServerError} `rules-invalid` */
export function compileFieldRules(rules: FieldRules, { bucket, url, blankPins, except = [] }: CompileOptions): DecideFields {
  const compiled = compile(rules, except)
  const known = new Set(compiled.map(({ name }) => name))

  function decideOne({ name, rule }: CompiledField, wish: string | undefined, decision: { conditions: string[]; fields: [string, string][] }): void {
    const send = (value: string): void => void decision.fields.push([name, value])
    const pin = (value: string): void => {
      decision.conditions.push(JSON.stringify({ [name]: value }))
      send(value)
    }
    if (rule === 'free') {
      if (wish !== undefined) send(wish)
      return
    }
    if (rule === 'forbidden') {
      if (wish !== undefined && wish !== NEUTRAL.get(name)) throw wishRefused(name, 'which this server does not grant.')
      const neutral = NEUTRAL.get(name)
      if (neutral !== undefined && (neutral !== '' || blankPins)) pin(neutral)
      return
    }
    if ('fixed' in rule) {
      if (wish !== undefined && wish !== rule.fixed) throw wishRefused(name, 'whose value this server has fixed.')
      return pin(rule.fixed)
    }
    if ('prefix' in rule) {
      if (wish !== undefined && !wish.startsWith(rule.prefix)) throw wishRefused(name, 'with a value outside what this server grants.')
      decision.conditions.push(JSON.stringify(['starts-with', `$${name}`, rule.prefix]))
      return send(wish ?? rule.prefix)
    }
    if (wish === undefined && rule.otherwise === undefined) return decideOne({ name, rule: 'forbidden' }, undefined, decision)
    if (wish !== undefined && !isAllowed(rule.within, wish)) throw wishRefused(name, 'with a value outside what this server grants.')
    pin(wish ?? rule.otherwise ?? '')
  }

  const decide: DecideFields = (wishes) => {
    const wanted = new Map<string, string>()
    for (const [given, value] of wishes) {
      const name = canonicalName(given)
      if (!known.has(name)) throw wishRefused(given, 'which is not one that a page may ask for.')
      if (wanted.has(name)) throw wishRefused(given, 'twice.')
      const problem = checkFieldValue(name, value)
      if (problem !== null) throw badRequest('wish-refused', problem.message)
      wanted.set(name, value)
    }
    const decision = { url, conditions: [JSON.stringify({ bucket })], fields: new Array<[string, string]>() }
    for (const field of compiled) decideOne(field, wanted.get(field.name), decision)
    const metadata = decision.fields
      .filter(([name]) => isMetadataField(name))
      .reduce((sum, [name, value]) => sum + utf8Length(name) + utf8Length(value), 0)
    if (metadata > METADATA_BYTES) {
      throw badRequest('wish-refused', `The metadata takes ${metadata} bytes; COS allows ${METADATA_BYTES} in all.`)
    }
    return decision
  }

  let unasked: FieldDecision
  try {
    unasked = decide([])
  } catch (error) {
    throw error instanceof CosServerError ? invalidRule('x-cos-meta-*', error.message) : error
  }
  return (wishes) => (wishes.length === 0 ? unasked : decide(wishes))
}
