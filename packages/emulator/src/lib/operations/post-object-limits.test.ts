import { MAX_OBJECT_BYTES } from '@cosdrop/protocol'
import { describe, expect, it } from 'vitest'
import { HOST, NOW } from '../conformance/conformance-case.ts'
import { BOUNDARY, FILE, postedForm } from '../conformance/posted-form.ts'
import type { RunningDigest } from '../digests/digests.ts'
import { createEmulator } from '../emulator.ts'
import type { ByteSource } from '../exchange/cos-request.ts'
import { MemoryStorage } from '../storage/memory-storage.ts'
import { ManualClock } from '../testing/manual-clock.ts'

const CHUNK = new Uint8Array(64 * 1024 ** 2)

/** Five gigabytes are counted here, not hashed and not kept. */
class CountingStorage extends MemoryStorage {
  override async createBlob(): ReturnType<MemoryStorage['createBlob']> {
    return { ...(await super.createBlob()), write: () => undefined }
  }
}

const idle: RunningDigest = { update: () => undefined, hex: () => '0'.repeat(32) }

async function* formOf(fileBytes: number): ByteSource {
  const { body } = postedForm({ file: { ...FILE, value: '' } })
  const end = new TextEncoder().encode(`\r\n--${BOUNDARY}--\r\n`)
  yield body?.subarray(0, body.length - end.length) ?? new Uint8Array()
  for (let left = fileBytes; left > 0; left -= CHUNK.length) yield left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left)
  yield end
}

async function post(fileBytes: number): Promise<readonly [status: number, body: string]> {
  const digests = { md5: () => Promise.resolve(idle), crc64: () => Promise.resolve(idle) }
  const emulator = createEmulator({ clock: new ManualClock(NOW), storage: new CountingStorage(), digests })
  const headers = new Headers({ 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` })
  const request = { method: 'POST', target: '/', host: HOST, headers, contentLength: null, lengthRequired: false, remote: 'in-process' } as const
  const reply = await emulator.handle({ ...request, body: formOf(fileBytes) })
  return [reply.status, reply.body instanceof Uint8Array ? new TextDecoder().decode(reply.body) : '']
}

describe('an object has 5 GB at most', { timeout: 60_000 }, () => {
  it('and may have all of them', async () => expect((await post(MAX_OBJECT_BYTES))[0]).toBe(204))

  it('and not a byte more', async () => {
    const [status, body] = await post(MAX_OBJECT_BYTES + 1)
    expect(status).toBe(400)
    expect(body).toContain('<Code>EntityTooLarge</Code>\n\t<Message>Your proposed upload exceeds the maximum allowed object size</Message>')
  })
})
