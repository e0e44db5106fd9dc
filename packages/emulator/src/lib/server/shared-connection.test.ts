import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOW, type WireRequest } from '../conformance/conformance-case.ts'
import { demoConfig } from '../config/demo-config.ts'
import { BOUNDARY, FILE, postedForm } from '../conformance/posted-form.ts'
import { signedCall } from '../conformance/signed-call.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { joinBytes } from '../testing/multipart-body.ts'
import { headOf, readToEnd } from '../testing/raw-http.ts'
import { startEmulator, type RunningEmulator } from './start-emulator.ts'

let running: RunningEmulator
beforeEach(async () => {
  running = await startEmulator({ clock: new ManualClock(NOW) })
})
afterEach(() => running.close())

const encoder = new TextEncoder()

function bytesOf(request: WireRequest): Uint8Array {
  const { body, headers } = request
  return joinBytes([encoder.encode(headOf({ ...request, headers: { Connection: 'keep-alive', ...headers } })), body ?? new Uint8Array()])
}

/** Sends everything at once; `end` closes the client's side as well. Resolves with all that came back before the server closed. */
async function send(pieces: readonly Uint8Array[], { end }: { readonly end: boolean }): Promise<string> {
  const socket = connect(running.port, '127.0.0.1')
  const replies = readToEnd(socket)
  if (end) socket.end(joinBytes(pieces))
  else socket.write(joinBytes(pieces))
  return Buffer.from(await replies).toString('latin1')
}

function statusLines(replies: string): readonly string[] {
  return replies.match(/HTTP\/1\.1 \d{3}/g) ?? []
}

describe('requests that share a connection', () => {
  it('are answered to a client that has closed its side after sending them', async () => {
    expect(statusLines(await send([bytesOf(postedForm())], { end: true }))).toEqual(['HTTP/1.1 204'])
    expect(await send([bytesOf(signedCall())], { end: true })).toContain('[Object Content]')
  })

  it('are answered in their order when they come without waiting for replies', async () => {
    const post = bytesOf(postedForm())
    const refused = bytesOf(postedForm({ fields: { key: 'exampleobject', acl: 'nobody' } }))
    const replies = await send([post, refused, post, bytesOf(signedCall())], { end: true })
    expect(statusLines(replies)).toEqual(['HTTP/1.1 204', 'HTTP/1.1 400', 'HTTP/1.1 204', 'HTTP/1.1 200'])
    expect(replies).toContain('[Object Content]')
  })

  it('end with the reply for a client of HTTP/1.0, which waits for that, unless it asks for more', async () => {
    const once = Buffer.from(headOf({ ...signedCall({ method: 'HEAD', key: '' }), headers: {} })).toString()
    const asked = once.replace('HTTP/1.1', 'HTTP/1.0').replace('Connection: close\r\n', '')
    const replies = await send([encoder.encode(asked)], { end: false })
    expect(replies).toMatch(/\r\nConnection: close\r\n/)
    const kept = asked.replace('\r\n\r\n', '\r\nConnection: Keep-Alive\r\n\r\n')
    expect(statusLines(await send([encoder.encode(kept + kept + asked)], { end: false }))).toHaveLength(3)
  })

  it('are all answered to a client of HTTP/1.1 that says nothing of the connection, as most do', async () => {
    const last = Buffer.from(headOf({ ...signedCall({ method: 'HEAD', key: '' }), headers: {} })).toString()
    const kept = last.replace('Connection: close\r\n', '')
    expect(statusLines(await send([encoder.encode(kept + last)], { end: false }))).toHaveLength(2)
  })

  it('with a Content-Length that is too small get the reason, not the complaint about the bytes behind it', async () => {
    const form = postedForm()
    const replies = await send([bytesOf({ ...form, declaredLength: 50 })], { end: false })
    expect(statusLines(replies)).toEqual(['HTTP/1.1 400'])
    expect(replies).toContain('<Code>MalformedPOSTRequest</Code>')
  })

  it('are answered before the connection ends over bytes that are no request', async () => {
    const garbage = encoder.encode('\x16\x03\x01 this is no HTTP\r\n\r\n')
    expect(statusLines(await send([bytesOf(postedForm()), garbage], { end: false }))).toEqual(['HTTP/1.1 204'])
    expect(statusLines(await send([garbage], { end: false }))).toEqual(['HTTP/1.1 400'])
  })
})

describe('a client that waits longer than it may be silent itself', () => {
  it.each([16, 4_000_000])('gets its reply after a delay, for a file of %i bytes', async (bytes) => {
    let release: () => void = () => undefined
    const delayed = new Promise<void>((resolve) => (release = resolve))
    const clock = { now: () => NOW, sleep: () => delayed }
    const slow = await startEmulator({ clock, idleMs: 300, config: { ...demoConfig, faults: [{ kind: 'delay', milliseconds: 60_000 }] } })
    const socket = connect(slow.port, '127.0.0.1')
    const replies = readToEnd(socket)
    socket.write(bytesOf(postedForm({ file: { ...FILE, value: new Uint8Array(bytes) }, headers: { Connection: 'close' } })))
    setTimeout(release, 1_000)
    expect(Buffer.from(await replies).toString('latin1')).toMatch(/^HTTP\/1\.1 204/)
    await slow.close()
  })
})

describe('a form whose Content-Length is larger than any object', () => {
  it('is refused before its file has arrived', async () => {
    const { body, ...request } = postedForm({ file: { ...FILE, value: '' } })
    const fields = body!.subarray(0, body!.length - `\r\n--${BOUNDARY}--\r\n`.length)
    const replies = await send([encoder.encode(headOf({ ...request, body, declaredLength: 6 * 1024 ** 3 })), fields], { end: false })
    expect(replies).toContain('<Code>EntityTooLarge</Code>')
  })
})
