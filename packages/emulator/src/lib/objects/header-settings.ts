import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { fromHeaderBytes } from './header-text.ts'
import { querySetting } from './object-settings.ts'
import type { SettingSource } from './setting-source.ts'

/** The settings of every call but POST Object stand in its headers, as UTF-8. */
export function headerSettings(exchange: Exchange): SettingSource {
  return {
    aclName: 'x-cos-acl',
    get: (name) => {
      const value = exchange.header(name)
      return value === null ? querySetting(exchange, name) : fromHeaderBytes(value)
    },
    entries: () => Array.from(exchange.request.headers, ([name, value]) => [name, fromHeaderBytes(value)] as const),
  }
}

// Each stores or answers something else than the plain upload. A copy has no body besides: taken for an upload, it would empty the object.
const UNKNOWN_SETTINGS = [
  'x-cos-copy-source',
  'Pic-Operations',
  'x-cos-callback',
  'x-cos-return-body',
  'x-cos-tagging',
  // Limits that a server signs for an upload; no page names the errors of COS. Ignored, they would seem to let everything pass.
  ...['fsize-max', 'fsize-min', 'psize-max', 'psize-min', 'pnum-max', 'pnum-min', 'mime-limit'].map((name) => `x-cos-${name}`),
]

/** @throws {CosError} NotImplemented, for what would be another call with the same address */
export function refuseUnknownSettings(exchange: Exchange): void {
  const value = UNKNOWN_SETTINGS.find((name) => exchange.header(name) !== null)
  if (value === undefined) return
  const explanation = {
    condition: 'The emulator has this call.',
    value,
    fix: `Upload the bytes without ${value}: copies, callbacks, tags, signed limits and image processing are not among its calls.`,
  }
  throw new CosError('NotImplemented', { explanation })
}
