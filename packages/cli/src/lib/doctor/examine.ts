import { randomUUID } from 'node:crypto'
import type { Credentials } from '@cosdrop/server'
import type { BucketAccess } from '../cos/bucket-access.ts'
import { isOfCos, type ServiceRefusal } from '../cos/service-refusal.ts'
import { getCors } from './cors-calls.ts'
import { missingHeaders } from './missing-headers.ts'
import { matchCorsRule } from './match-cors-rule.ts'
import { preflight, type PreflightFinding } from './preflight.ts'
import { probeRedirect, type RedirectFinding } from './probe-redirect.ts'
import { probeUpload, type UploadFinding } from './probe-upload.ts'
import { repairCors, uploadRule, type CorsRepair } from './repair-cors.ts'

export type RulesFinding =
  | {
      readonly outcome: 'read'
      readonly count: number
      /** From 1, as the console counts; `null` when no rule answers the page. */
      readonly matched: number | null
      readonly id: string | null
    }
  | ({ readonly outcome: 'refused' } & ServiceRefusal)

/** Why a part was left out. */
export interface Skipped {
  readonly outcome: 'skipped'
  readonly reason: 'no-credentials' | 'not-asked' | 'upload-refused'
}

export interface DoctorReport {
  readonly preflight: PreflightFinding
  readonly rules: RulesFinding | Skipped
  readonly upload: UploadFinding | Skipped
  readonly redirect: RedirectFinding | Skipped
  /** Headers that the page cannot read. Everything, when it may read nothing at all. */
  readonly missing: readonly string[]
  readonly repair: CorsRepair
  readonly healthy: boolean
}

export interface DoctorQuestion {
  readonly access: BucketAccess
  readonly credentials: Credentials | null
  readonly origin: string
  readonly redirect: string | null
  /** Of the test objects' keys. */
  readonly prefix: string
}

const NO_CREDENTIALS: Skipped = { outcome: 'skipped', reason: 'no-credentials' }

function isHealthy({ preflight: asked, upload, redirect, missing }: Omit<DoctorReport, 'healthy' | 'repair' | 'rules'>): boolean {
  if (asked.outcome !== 'allowed' || missing.length > 0) return false
  if (upload.outcome === 'refused') return false
  if (upload.outcome === 'stored' && (!upload.readable || upload.integrity === 'mismatch' || !upload.removed)) return false
  return redirect.outcome === 'skipped' || (redirect.outcome === 'redirected' && redirect.complete && redirect.removed)
}

/** Asks the bucket everything that an upload from a page of `origin` will ask of it. @throws {UnreachableError} */
export async function examine({ access, credentials, origin, redirect, prefix }: DoctorQuestion): Promise<DoctorReport> {
  const asked = await preflight(access, origin)
  const exposed = asked.outcome === 'allowed' ? asked.exposed : []
  const signed = credentials === null ? null : { ...access, credentials }
  const reading = signed === null ? null : await getCors(signed)
  const upload = signed === null ? NO_CREDENTIALS : await probeUpload(signed, origin, `${prefix}${randomUUID()}.txt`)
  const missing = missingHeaders(upload.outcome === 'stored' && upload.readable ? upload.exposed : exposed)

  async function redirected(): Promise<RedirectFinding | Skipped> {
    if (redirect === null) return { outcome: 'skipped', reason: 'not-asked' }
    if (signed === null) return NO_CREDENTIALS
    if (upload.outcome !== 'stored') return { outcome: 'skipped', reason: 'upload-refused' }
    return probeRedirect(signed, origin, `${prefix}${randomUUID()}.txt`, redirect, upload.blankFields)
  }

  function rules(): RulesFinding | Skipped {
    if (reading === null) return NO_CREDENTIALS
    if (reading.outcome === 'refused') return reading
    const all = reading.configuration.rules
    const index = matchCorsRule(all, origin)
    return { outcome: 'read', count: all.length, matched: index < 0 ? null : index + 1, id: all[index]?.id ?? null }
  }

  function repair(): CorsRepair {
    if (reading?.outcome === 'read') return repairCors(reading.configuration, origin)
    // A rule for a bucket that is not there, or that is frozen, would send people to look for a mistake in the wrong place.
    if (asked.outcome === 'refused' && asked.code !== null && asked.code !== 'AccessForbidden') return { kind: 'none' }
    if ([asked, reading].some((answer) => answer?.outcome === 'refused' && !isOfCos(answer))) return { kind: 'none' }
    // Without a look at the rules all that can be said is which one is needed.
    if (asked.outcome === 'allowed' && missing.length === 0) return { kind: 'none' }
    const rule = uploadRule(origin)
    return { kind: 'add', rule, configuration: { rules: [rule], others: [] } }
  }

  const found = { preflight: asked, upload, redirect: await redirected(), missing }
  return { ...found, rules: rules(), repair: repair(), healthy: isHealthy(found) }
}
