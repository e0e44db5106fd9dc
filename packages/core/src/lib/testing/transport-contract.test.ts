import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import { createFetchTransport } from '../transport/fetch-transport.ts'
import type { Transport } from '../transport/transport.ts'
import { createScriptedTransport } from './scripted-transport.ts'
import { transportContract, type ContractBehaviour, type TransportHarness } from './transport-contract.ts'

function formTo(action: string, file: Blob): PostForm {
  return createPostForm({ action, fields: [['key', 'k']], file, filename: 'a' })
}

describe('the scripted transport keeps the contract', () => {
  const scripted = createScriptedTransport((request) => {
    const behaviour = new URL(request.form.action).pathname.slice(1)
    request.progress(0)
    if (behaviour === 'breaks') request.fail('network')
    else if (behaviour === 'refuses') request.refuse(403, 'AccessDenied')
    else if (behaviour === 'stores') {
      request.progress(request.form.file.size, 'waiting')
      request.succeed({ ETag: '"contract"' })
    }
  })
  const harness: TransportHarness = {
    transport: scripted.transport,
    form: (behaviour, file) => formTo(`https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/${behaviour}`, file),
  }
  test.each(transportContract)('$name', async ({ run }) => {
    await expect(run(harness)).resolves.toBeUndefined()
  })
})

describe('the fetch transport keeps the contract', () => {
  let server: Server
  let origin = ''
  beforeAll(async () => {
    server = createServer((request, response) => {
      const behaviour = request.url?.slice(1)
      if (behaviour === 'breaks') request.socket.destroy()
      request.resume().once('end', () => {
        if (behaviour === 'stores') response.writeHead(204, { ETag: '"contract"' }).end()
        if (behaviour === 'refuses') response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const harness: TransportHarness = {
    transport: createFetchTransport(),
    form: (behaviour, file) => formTo(`${origin}/${behaviour}`, file),
  }
  test.each(transportContract)('$name', async ({ run }) => {
    await expect(run(harness)).resolves.toBeUndefined()
  })
})

describe('a transport that breaks the contract is found out', () => {
  const good = createScriptedTransport((request) => request.succeed({ ETag: '"contract"' })).transport
  const bad: readonly (readonly [string, Transport])[] = [
    ['resolves with status', async (form, options) => ({ ...(await good(form, options)), status: 200 })],
    ['resolves with a refusal', good],
    ['tells progress', good],
    ['rejects with "network"', good],
    ['rejects with "aborted"', async (form, options) => good(form, { ...options, signal: new AbortController().signal })],
  ]
  test.each(bad)('%s …', async (name, transport) => {
    const found = transportContract.find((one) => one.name.startsWith(name))
    const form = (_: ContractBehaviour, file: Blob): PostForm => formTo('https://x/', file)
    await expect(found?.run({ transport, form })).rejects.toThrow('breaks its contract')
  })
})
