import { parseBucketHost } from '@cosdrop/protocol'
import { answerAdmin } from '../admin/admin-route.ts'
import type { CosReply } from '../exchange/cos-reply.ts'
import type { CosRequest } from '../exchange/cos-request.ts'
import { answerPage } from '../page/page-route.ts'
import type { Service } from '../service.ts'
import { plainReply } from './local-reply.ts'
import { isFromThisMachine } from './local-request.ts'

/** No bucket name begins with an underscore, so nothing of COS is in the way. */
const OWN_PATH = /^\/_cosdrop(?:\/|$)/
const ADMIN_PATH = /^\/_cosdrop\/admin(?:\/|$)/

function wantsPage({ method, headers }: CosRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.get('accept') ?? '').includes('text/html')
}

function withoutBody(request: CosRequest, reply: CosReply): CosReply {
  return request.method === 'HEAD' ? { ...reply, body: null } : reply
}

/** The emulator's own addresses: the page at the root and everything under `/_cosdrop/`. `null`: the request is meant for COS. */
export async function answerLocally(service: Service, request: CosRequest): Promise<CosReply | null> {
  const path = request.target.split('?', 1)[0] ?? ''
  const { page, admin } = service.config
  const isRoot = path === '/' && page && wantsPage(request)
  if ((!isRoot && !OWN_PATH.test(path)) || parseBucketHost(request.host) !== null) return null
  const isAdmin = ADMIN_PATH.test(path)
  if (isAdmin && !admin) return plainReply(404, 'The admin endpoint is off. Start the emulator with --admin, or set "admin": true in its config.')
  if (!isAdmin && !page) return plainReply(404, 'The page is off: the config says "page": false.')
  if (!isFromThisMachine(request)) {
    // At the root, whatever COS says about it is no secret.
    if (isRoot) return null
    return plainReply(403, 'This address answers requests from the same machine alone, under the name localhost or a loopback IP.')
  }
  return withoutBody(request, isAdmin ? await answerAdmin(service, request) : await answerPage(service, request))
}
