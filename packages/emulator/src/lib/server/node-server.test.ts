import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { demoConfig } from '../config/demo-config.ts'
import { BUCKET, NOW } from '../conformance/conformance-case.ts'
import { FILE, postedForm, replacing } from '../conformance/posted-form.ts'
import { signedCall } from '../conformance/signed-call.ts'
import type { RequestOutcome } from '../request-log/request-log.ts'
import { LeapingClock, ManualClock } from '../testing/manual-clock.ts'
import { headOf, parseReply, readToEnd, sendRaw } from '../testing/raw-http.ts'
import { ListenError } from './listen.ts'
import { startEmulator, type RunningEmulator, type StartOptions } from './start-emulator.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function start(options: StartOptions = {}): Promise<RunningEmulator> {
  const running = await startEmulator({ clock: new LeapingClock(NOW), ...options })
  cleanups.unshift(() => running.close())
  return running
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'cosdrop-server-'))
  cleanups.push(() => rm(path, { recursive: true, force: true }))
  return path
}

async function filesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

/** The outcome of the next request, as soon as it is in the log. */
function nextOutcome({ emulator }: RunningEmulator): Promise<RequestOutcome> {
  const { log } = emulator.service
  const add = log.add.bind(log)
  return new Promise((resolve) => {
    log.add = (entry) => {
      add(entry)
      resolve(entry.outcome)
    }
  })
}

describe('an upload that breaks off leaves nothing', { timeout: 60_000 }, () => {
  it('when the client goes away in the middle of the file', async () => {
    const data = await folder()
    const running = await start({ dataDirectory: data })
    const { body, ...request } = postedForm({ file: { ...FILE, value: randomBytes(3_000_000) } })
    const outcome = nextOutcome(running)
    const socket = connect(running.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(headOf({ ...request, body }))
    socket.write(body!.subarray(0, 2_500_000), () => socket.resetAndDestroy())
    expect(await outcome).toEqual({ kind: 'aborted' })
    expect(running.emulator.service.storage.keysOf(BUCKET)).toEqual([])
    expect(await filesIn(data)).toEqual([])
  })

  it('and the object that was there before stays', async () => {
    const data = await folder()
    const running = await start({ dataDirectory: data })
    expect((await sendRaw(running.port, postedForm())).status).toBe(204)
    const whole = postedForm({ file: { ...FILE, value: randomBytes(2_000_000) } })
    const cut = { ...whole, body: whole.body!.slice(0, 1_500_000), declaredLength: whole.body!.length }
    expect((await sendRaw(running.port, cut)).status).toBe(400)
    expect(new TextDecoder().decode((await sendRaw(running.port, signedCall())).body)).toBe('[Object Content]')
    expect((await filesIn(data)).map((file) => file.replace(/^.*\./, '')).toSorted()).toEqual(['bin', 'json'])
  })

  it('when a client falls silent, which is told so', async () => {
    const running = await start({ idleMs: 50 })
    const { body, ...request } = postedForm()
    const socket = connect(running.port, '127.0.0.1')
    const reply = readToEnd(socket)
    socket.write(headOf({ ...request, body }))
    socket.write(body!.subarray(0, 100))
    const { status, body: xml } = parseReply(await reply)
    expect(status).toBe(400)
    expect(new TextDecoder().decode(xml)).toContain('<Code>RequestTimeout</Code>')
  })
})

describe('a form that will be refused is refused before its file is sent', { timeout: 60_000 }, () => {
  it('with a reply that can be read, long before its gigabytes', async () => {
    const running = await start()
    const { body, ...request } = postedForm({ tamper: replacing('q-signature', '0'.repeat(40)) })
    const socket = connect(running.port, '127.0.0.1')
    const reply = readToEnd(socket)
    socket.write(headOf({ ...request, body, declaredLength: 4_000_000_000 }))
    // All but the closing boundary: the file has begun and goes on.
    socket.write(body!.subarray(0, body!.length - 50))
    const first = await once(socket, 'data')
    expect(String(first[0])).toMatch(/^HTTP\/1\.1 403 \r\n/)
    socket.end()
    const { status, headers, body: xml } = parseReply(await reply)
    expect(status).toBe(403)
    expect(headers.get('connection')).toBe('close')
    expect(new TextDecoder().decode(xml)).toContain('<Code>SignatureDoesNotMatch</Code>')
  })

  it('as soon as the file outgrows the policy', async () => {
    const running = await start()
    const { body, ...request } = postedForm({ conditions: [['content-length-range', 0, 1000]], file: { ...FILE, value: randomBytes(100_000) } })
    const socket = connect(running.port, '127.0.0.1')
    const reply = readToEnd(socket)
    socket.write(headOf({ ...request, body, declaredLength: 4_000_000_000 }))
    socket.write(body!.subarray(0, 50_000))
    await once(socket, 'data')
    socket.end()
    const { status, body: xml } = parseReply(await reply)
    expect(status).toBe(400)
    expect(new TextDecoder().decode(xml)).toContain('<Code>EntityTooLarge</Code>')
    expect(running.emulator.service.log.entries()[0]?.receivedBytes).toBeLessThanOrEqual(50_000)
  })

  it('and a client that only then stops sending still gets the reply', async () => {
    const running = await start()
    const { body, ...request } = postedForm({ unsigned: true, file: { ...FILE, value: randomBytes(8_000_000) } })
    const reply = await sendRaw(running.port, { ...request, body })
    expect(reply.status).toBe(403)
    expect(running.emulator.service.log.entries()[0]?.receivedBytes).toBeLessThan(4_000_000)
  })

  it('and a client that looks for it only when all is sent', async () => {
    const running = await start()
    const { body, ...request } = postedForm({ unsigned: true, file: { ...FILE, value: randomBytes(32_000_000) } })
    const socket = connect(running.port, '127.0.0.1')
    socket.write(headOf({ ...request, body }))
    await new Promise<void>((sent, failed) => {
      socket.once('error', failed)
      socket.write(body!, () => sent())
    })
    expect(parseReply(await readToEnd(socket)).status).toBe(403)
  })
})

describe('many at once', { timeout: 60_000 }, () => {
  it('200 uploads of 1 MB are all stored, each with its own bytes', async () => {
    const running = await start({ dataDirectory: await folder() })
    const base = randomBytes(1_000_000)
    const replies = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        const value = Buffer.concat([Buffer.from(`${at};`), base])
        const reply = await sendRaw(running.port, postedForm({ fields: { key: `many/${at}` }, file: { ...FILE, value } }))
        return [reply.status, reply.headers.get('etag') === `"${createHash('md5').update(value).digest('hex')}"`]
      }),
    )
    expect(replies).toEqual(Array.from({ length: 200 }, () => [204, true]))
    expect(running.emulator.service.storage.keysOf(BUCKET)).toHaveLength(200)
  })

  it('several requests share a connection', async () => {
    const running = await start()
    const socket = connect(running.port, '127.0.0.1')
    const reply = readToEnd(socket)
    const keepAlive = { Connection: 'keep-alive' }
    for (const request of [postedForm({ headers: keepAlive }), postedForm({ unsigned: true, headers: keepAlive }), postedForm()]) {
      socket.write(headOf(request))
      socket.write(request.body!)
    }
    const text = Buffer.from(await reply).toString('latin1')
    expect(text.match(/HTTP\/1\.1 \d+ \r\n/g)).toEqual(['HTTP/1.1 204 \r\n', 'HTTP/1.1 403 \r\n', 'HTTP/1.1 204 \r\n'])
  })
})

describe('what goes over the wire', { timeout: 60_000 }, () => {
  it('is read back byte for byte, large or small, whole or in part', async () => {
    const running = await start({ dataDirectory: await folder() })
    const value = randomBytes(5_000_003)
    await sendRaw(running.port, postedForm({ file: { ...FILE, value } }))
    expect(Buffer.from((await sendRaw(running.port, signedCall())).body).equals(value)).toBe(true)
    const part = await sendRaw(running.port, signedCall({ headers: { Range: 'bytes=262143-4000000' } }))
    expect(Buffer.from(part.body).equals(value.subarray(262_143, 4_000_001))).toBe(true)
  })

  it('reaches as a whole also who reads nothing for a while', async () => {
    const running = await start()
    const value = randomBytes(24_000_000)
    expect((await sendRaw(running.port, postedForm({ file: { ...FILE, value } }))).status).toBe(204)
    const socket = connect(running.port, '127.0.0.1')
    socket.write(headOf(signedCall()))
    await vi.waitFor(() => expect(running.emulator.service.log.entries()).toHaveLength(2))
    expect(Buffer.from(value).equals(parseReply(await readToEnd(socket)).body)).toBe(true)
  })

  it('has empty reason phrases, but for a redirect', async () => {
    const running = await start()
    const redirect = { key: 'a', success_action_redirect: 'https://my.website/' }
    expect((await sendRaw(running.port, postedForm())).statusLine).toBe('HTTP/1.1 204 ')
    expect((await sendRaw(running.port, postedForm({ fields: redirect }))).statusLine).toBe('HTTP/1.1 303 Redirect')
    expect((await sendRaw(running.port, postedForm({ unsigned: true }))).statusLine).toBe('HTTP/1.1 403 ')
  })

  it('may ask first with Expect: 100-continue, as curl does', async () => {
    const running = await start()
    const reply = await sendRaw(running.port, postedForm({ headers: { Expect: '100-continue' } }))
    expect(reply.status).toBe(100)
    expect(Buffer.from(reply.body).toString('latin1')).toMatch(/^HTTP\/1\.1 204 \r\n/)
  })

  it('may come through a proxy, with the whole URL in its first line', async () => {
    const running = await start()
    const request = postedForm()
    expect((await sendRaw(running.port, { ...request, target: `http://${request.host}/` })).status).toBe(204)
    const read = signedCall()
    expect((await sendRaw(running.port, { ...read, target: `http://${read.host}${read.target}` })).status).toBe(200)
    const rules = signedCall({ key: '', params: [['cors', '']] })
    expect((await sendRaw(running.port, { ...rules, target: `http://${rules.host}?cors` })).status).toBe(200)
  })

  it('may bring along the cookies that every other server of localhost has left in the browser', async () => {
    const { port } = await start()
    const form = postedForm()
    expect((await sendRaw(port, { ...form, headers: { ...form.headers, Cookie: `session=${'x'.repeat(40_000)}` } })).status).toBe(204)
  })

  it('may ask the whole server what it can do, as some proxies do first, and hears that it has named no bucket', async () => {
    const running = await start()
    const reply = await sendRaw(running.port, { ...signedCall({ method: 'OPTIONS' }), target: '*', host: '127.0.0.1' })
    expect(reply.status).toBe(404)
    expect(new TextDecoder().decode(reply.body)).toContain('<Code>NoSuchBucket</Code>')
  })

  it('is refused when it is no HTTP', async () => {
    const running = await start()
    const socket = connect(running.port, '127.0.0.1')
    const reply = readToEnd(socket)
    socket.write('nonsense\r\n\r\n')
    expect(parseReply(await reply).statusLine).toBe('HTTP/1.1 400 ')
  })
})

describe('starting and ending', { timeout: 60_000 }, () => {
  it('a port that is in use is named, with what to do', async () => {
    const running = await start()
    const second = startEmulator({ port: running.port })
    await expect(second).rejects.toThrow(ListenError)
    await expect(second).rejects.toThrow(`Port ${running.port} of 127.0.0.1 is in use. Choose another with --port`)
  })

  it('a port that is in use leaves the data directory to who tries again', async () => {
    const running = await start()
    const dataDirectory = await folder()
    await expect(startEmulator({ port: running.port, dataDirectory })).rejects.toThrow(ListenError)
    await (await start({ dataDirectory })).close()
  })

  it.each(['0.0.0.0', '::', '0', '::0'])('open to the whole network (%s), it tells an address under which its page opens', async (hostname) => {
    const { url } = await start({ hostname })
    const page = await fetch(url, { headers: { Accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })

  it('is not open to the whole network by an address that is empty, as of a variable that is not set', async () => {
    const { url, port } = await start({ hostname: '' })
    expect(url).toBe(`http://127.0.0.1:${port}`)
    await expect(fetch(`http://[::1]:${port}`)).rejects.toThrow('fetch failed')
  })

  it('close waits for no request that a fault holds back', { timeout: 5_000 }, async () => {
    const clock = new ManualClock(NOW)
    const running = await startEmulator({ clock, config: { ...demoConfig, faults: [{ kind: 'delay', milliseconds: 3_600_000 }] } })
    const reply = sendRaw(running.port, postedForm()).catch(() => null)
    await vi.waitFor(() => expect(clock.sleeping).toBe(1))
    await running.close()
    await reply
    expect(clock.now()).toBe(NOW)
  })

  it('a script ends with close, whatever a fault would still have held back', () => {
    const script = `
      import { startEmulator } from './start-emulator.ts'
      const running = await startEmulator()
      const slept = running.emulator.service.clock.sleep(3_600_000)
      await running.close()
      await slept
      console.log('ended')`
    const { signal, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname, timeout: 20_000 })
    expect([signal, String(stdout)]).toEqual([null, 'ended\n'])
  })

  it('close ends uploads that are on their way, and leaves no file of them', async () => {
    const data = await folder()
    const running = await startEmulator({ clock: new LeapingClock(NOW), dataDirectory: data })
    const { body, ...request } = postedForm({ file: { ...FILE, value: randomBytes(3_000_000) } })
    const { storage } = running.emulator.service
    // A disk that takes its time: the clean-up ends when the test says so.
    const { promise: disk, resolve: releaseDisk } = deferred()
    const { promise: begun, resolve: begin } = deferred()
    const { promise: aborting, resolve: beginAbort } = deferred()
    const createBlob = storage.createBlob.bind(storage)
    storage.createBlob = async () => {
      const writer = await createBlob()
      const abort = writer.abort.bind(writer)
      writer.abort = () => {
        beginAbort()
        return disk.then(abort)
      }
      begin()
      return writer
    }
    const socket = connect(running.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(headOf({ ...request, body }))
    socket.write(body!.subarray(0, 2_000_000))
    await begun
    let isClosed = false
    const closing = running.close().then(() => (isClosed = true))
    await aborting
    for (let turn = 0; turn < 50; turn++) await readdir(data, { recursive: true })
    expect(isClosed).toBe(false)
    releaseDisk()
    await closing
    expect(running.emulator.service.log.entries().map((entry) => entry.outcome)).toEqual([{ kind: 'aborted' }])
    expect(await filesIn(data)).toEqual([])
    await expect(fetch(running.url)).rejects.toThrow('fetch failed')
  })
})
