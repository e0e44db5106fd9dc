import { CosError } from './errors/cos-error.ts'
import type { Exchange } from './exchange/exchange.ts'
import { getObject } from './operations/get-object.ts'
import { headObject } from './operations/head-object.ts'
import type { Operation } from './operations/operation.ts'
import { optionsObject } from './operations/options-object.ts'
import { postObject } from './operations/post-object.ts'
import { putObject } from './operations/put-object.ts'

export interface Route {
  readonly method: string
  /** `any`: with or without a key. */
  readonly scope: 'service' | 'bucket' | 'object' | 'any'
  /** The query parameter that makes it this call (`encryption`, `uploads`); `null`: none of those that other routes of its method name. */
  readonly subresource: string | null
  readonly operation: Operation
}

/** Every call that the emulator knows. The first route that fits is taken: routes with a subresource stand before those without. */
const ROUTES: readonly Route[] = [
  { method: 'OPTIONS', scope: 'any', subresource: null, operation: optionsObject },
  { method: 'POST', scope: 'bucket', subresource: null, operation: postObject },
  { method: 'GET', scope: 'object', subresource: null, operation: getObject },
  { method: 'HEAD', scope: 'object', subresource: null, operation: headObject },
  { method: 'PUT', scope: 'object', subresource: null, operation: putObject },
]

/** Subresources of COS's API: a call with one of them is never the plain call. */
const SUBRESOURCES = [
  'acl',
  'accelerate',
  'append',
  'ci-process',
  'cors',
  'delete',
  'domain',
  'encryption',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'object-lock',
  'policy',
  'referer',
  'replication',
  'restore',
  'select',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
] as const

function scopeOf(exchange: Exchange): 'service' | 'bucket' | 'object' {
  if (exchange.address.bucket === null) return 'service'
  return exchange.address.key === null ? 'bucket' : 'object'
}

/** @throws {CosError} MethodNotAllowed, NotImplemented */
export function findRoute(exchange: Exchange): Operation {
  const { method } = exchange.request
  const scope = scopeOf(exchange)
  const subresource = SUBRESOURCES.find((name) => exchange.param(name) !== null) ?? null
  const inScope = ROUTES.filter((route) => route.scope === 'any' || route.scope === scope)
  const named = inScope.filter((route) => route.method === 'OPTIONS' || route.subresource === subresource)
  const found = named.find((route) => route.method === method)
  if (found !== undefined) return found.operation
  const call = `${method} ${scope}${subresource === null ? '' : `?${subresource}`}`
  const explanation = { condition: 'The emulator has this call.', value: call, fix: 'See the list of calls in the README of @cosdrop/emulator.' }
  throw new CosError(subresource === null && scope !== 'service' ? 'MethodNotAllowed' : 'NotImplemented', { explanation })
}
