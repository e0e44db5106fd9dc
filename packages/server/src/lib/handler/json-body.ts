import { badRequest, refusal } from '../policy/refusal.ts'

function tooLarge(limit: number): Error {
  return refusal('request-too-large', `The request is larger than ${limit} bytes. Ask for fewer files at once.`, { status: 413 })
}

/** Refuses by Content-Length before anything is read; a body without one is counted as it comes. */
async function readText(request: Request, limit: number): Promise<string> {
  const length = Number(request.headers.get('Content-Length'))
  if (!(length <= limit)) throw tooLarge(limit)
  // A declared length is enforced by HTTP itself; without one (chunked) the stream is counted. A page's mocked server may run in Firefox,
  // which has no stream of any request.
  if (length > 0 || !request.body) return request.text()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of request.body) {
    bytes += chunk.byteLength
    if (bytes > limit) throw tooLarge(limit)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** The body as JSON. @throws {CosServerError} `refused`: `request-too-large`, `request-malformed` */
export async function readJsonBody(request: Request, limit: number): Promise<unknown> {
  const text = await readText(request, limit)
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('request-malformed', 'The request is not JSON.')
  }
}
