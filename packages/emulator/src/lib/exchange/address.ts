import { parseBucketHost } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'
import type { CosRequest } from './cos-request.ts'

/** What a request is addressed to. */
export interface Address {
  /** Decoded: what the standard signature covers, with the bucket when the address is of path style. */
  readonly path: string
  readonly bucket: string | null
  /** The region in the host name; `null` when the host names none. */
  readonly region: string | null
  readonly accelerate: boolean
  /** Decoded; `null` for a call to the bucket or to the service. */
  readonly key: string | null
  /** Host, and the bucket in path style: what Location and the error XML's Resource begin with. */
  readonly base: string
  /** Decoded, in the order of the wire. `?acl` is `['acl', '']`. */
  readonly params: readonly (readonly [name: string, value: string])[]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new CosError('InvalidArgument', {
      message: 'The URL is not percent-encoded UTF-8.',
      cause,
      explanation: {
        condition: 'Path and query are percent-encoded UTF-8.',
        value: null,
        fix: 'Encode the key with encodeURIComponent, slash by slash.',
      },
    })
  }
}

/** COS's Python and Go SDKs write a blank as `+`, and sign it as `%20`. */
function readParams(query: string): Address['params'] {
  return query
    .replaceAll('+', '%20')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
    })
}

/**
 * Reads the address: the bucket stands in the host (`<bucket>.cos.<region>.<anything>`), and on every other host (an IP, localhost,
 * `cos.<region>.…`) it is the first part of the path.
 */
export function readAddress({ host, target }: Pick<CosRequest, 'host' | 'target'>): Address {
  const [rawPath = '/', query = ''] = target.split(/\?(.*)/s)
  const path = decode(rawPath)
  const params = readParams(query)
  const named = parseBucketHost(host)
  if (named !== null) {
    const { bucket, region } = named
    return { path, bucket, region, accelerate: region === null, key: path.slice(1) || null, base: host, params }
  }
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? []
  const base = bucket === '' ? host : `${host}/${bucket}`
  return { path, bucket: bucket || null, region: null, accelerate: false, key: key || null, base, params }
}
