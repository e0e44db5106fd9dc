import type { CosReply } from '../exchange/cos-reply.ts'
import type { CosRequest } from '../exchange/cos-request.ts'
import { plainReply, textReply } from '../local/local-reply.ts'
import type { Service } from '../service.ts'
import { bucketPage } from './bucket-page.ts'
import { download } from './download.ts'
import { html } from './html.ts'
import { objectPage } from './object-page.ts'
import { overviewPage } from './overview-page.ts'
import { pageReply } from './page-frame.ts'
import { PAGE_STYLE } from './page-style.ts'
import { requestPage } from './request-page.ts'

function notFound(): CosReply {
  return pageReply(
    404,
    'Not here',
    [],
    html`<section class="panel">
      <p class="empty">There is nothing at this address: it was removed, or the emulator was started anew. <a href="/">Back to the overview</a></p>
    </section>`,
  )
}

function findPage(service: Service, path: string, params: URLSearchParams): CosReply | null {
  const bucket = service.buckets.get(params.get('bucket') ?? params.get('name') ?? '')
  const key = params.get('key') ?? ''
  switch (path) {
    case '/':
      return overviewPage(service)
    case '/_cosdrop/style.css':
      return textReply(200, 'text/css; charset=utf-8', PAGE_STYLE)
    case '/_cosdrop/bucket':
      return bucket === null ? null : bucketPage(service, bucket, params.get('prefix') ?? '', params.get('marker') ?? '')
    case '/_cosdrop/object':
      return bucket === null ? null : objectPage(service, bucket, key, params.get('version'))
    case '/_cosdrop/download':
      return bucket === null ? null : download(service, bucket, key, params.get('version') ?? '')
    case '/_cosdrop/request':
      return requestPage(service, params.get('id') ?? '')
    default:
      return null
  }
}

/** The browsable page: reads, and never changes anything. */
export function answerPage(service: Service, request: CosRequest): Promise<CosReply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return Promise.resolve(plainReply(405, 'The page is for reading: GET or HEAD.'))
  const [path = '', query = ''] = request.target.split(/\?(.*)/s)
  return Promise.resolve(findPage(service, path, new URLSearchParams(query)) ?? notFound())
}
