import type { Exchange } from './exchange/exchange.ts'

const SUBRESOURCES = [
  'acl',
  'accelerate',
  'append',
  'ci-process',
  'cors',
  'delete',
  'domain',
  'domaincertificate',
  'encryption',
  'intelligenttiering',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'notification',
  'object-lock',
  'origin',
  'policy',
  'referer',
  'replication',
  'restore',
  'select',
  'symlink',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
] as const

// Its settings stand in the name itself: `imageMogr2/thumbnail/!50p`.
const IMAGE_PROCESSING = /^(?:image(?:Ave|Dpi|Info|Inspect|Mogr2|Slim|View2)|exif|watermark)(?![^/|])/

/** What makes a call of COS's API another one than the plain call to its address; `null` when nothing does. */
export function subresourceOf(exchange: Exchange): string | null {
  const named = SUBRESOURCES.find((name) => exchange.param(name) !== null)
  if (named !== undefined) return named
  const processing = exchange.address.params.find(([name]) => IMAGE_PROCESSING.test(name))
  return processing?.[0].replace(/[/|].*/s, '') ?? null
}
