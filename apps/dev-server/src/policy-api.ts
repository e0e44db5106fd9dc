import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import {
  allowAnyone,
  cachedEncryption,
  createCosClient,
  createPolicyHandler,
  folderKey,
  namedKey,
  type CrossOrigin,
  type Handler,
} from '@cosdrop/server'
import { BUCKETS, CREDENTIALS, REGION } from './buckets.ts'
import { findTrouble, type LoosePolicyReply, type Trouble } from './troubles.ts'

const [byName, inFolder] = [namedKey('uploads/'), folderKey('uploads/')]

/** The handler as an app would set it up, but for the trouble's own bucket and clock. */
function handlerFor(cosUrl: string, trouble: Trouble | null, cors: CrossOrigin | undefined): Handler {
  const bucket = trouble?.bucket ?? BUCKETS.plain
  const shift = (trouble?.shiftSeconds ?? 0) * 1000
  const address = { bucket, region: REGION, endpoint: `${cosUrl}/${bucket}/`, credentials: CREDENTIALS }
  return createPolicyHandler({
    ...address,
    encryption: cachedEncryption(createCosClient(address)),
    authorize: allowAnyone(),
    // Names in keys, so that a person finds the file in the bucket again; a folder as it was.
    key: (file, context) => (file.relativePath ? inFolder : byName)(file, context),
    limits: { maxSize: MAX_OBJECT_BYTES },
    now: () => Date.now() + shift,
    ...(cors && { cors }),
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isPolicyReply(value: unknown): value is LoosePolicyReply {
  return isRecord(value) && Array.isArray(value['posts'])
}

/** The request again, with a size that is not the files' own: the policy will admit that one. */
async function withSizes(request: Request, size: number): Promise<Request> {
  const body: unknown = await request.json()
  const resized =
    isRecord(body) && Array.isArray(body['files'])
      ? { ...body, files: body['files'].map((file: unknown) => (isRecord(file) ? { ...file, size } : file)) }
      : body
  return new Request(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify(resized) })
}

/** `/api/policy`, and `/api/policy?trouble=NAME` for one that goes wrong on purpose. `null`: hang up. */
export function createPolicyApi(cosUrl: string, cors?: CrossOrigin): (request: Request) => Promise<Response | null> {
  const handlers = new Map<string, Handler>()
  return async (request) => {
    const trouble = findTrouble(new URL(request.url).searchParams.get('trouble'))
    if (trouble?.instead === 'hang-up') return null
    if (trouble?.instead) return trouble.instead()
    const name = trouble?.name ?? ''
    const handler = handlers.get(name) ?? handlerFor(cosUrl, trouble, cors)
    handlers.set(name, handler)
    const asked = trouble?.signedSize === undefined || request.method !== 'POST' ? request : await withSizes(request, trouble.signedSize)
    const reply = await handler(asked)
    if (!trouble?.spoil || !reply.ok || request.method !== 'POST') return reply
    const body: unknown = await reply.json()
    // A page of another origin is to read what is wrong, so the CORS headers stay.
    const headers = new Headers(reply.headers)
    headers.delete('content-length')
    return Response.json(isPolicyReply(body) ? trouble.spoil(body) : body, { headers })
  }
}
