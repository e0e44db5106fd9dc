import { expect, test, vi } from 'vitest'
import { workerHasher } from './worker-hasher.ts'

// A file of its own: that no worker can run is remembered for the life of a page.
test('hashes on the page where no worker can run, in pieces that leave it alive', async () => {
  vi.spyOn(globalThis, 'Worker').mockImplementation(function () {
    throw new DOMException("worker-src 'none'", 'SecurityError')
  })
  const signal = new AbortController().signal
  expect(await workerHasher(new Blob(['123456789']), { signal })).toEqual({ crc64: '11051210869376104954' })

  // Each answer of the channel is a task of its own: it gets in only where hashing lets go of the thread.
  let turns = 0
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    turns += 1
    port2.postMessage(null)
  })
  port1.start()
  port2.postMessage(null)
  await workerHasher(new Blob(Array.from({ length: 64 }, () => new Uint8Array(1024 * 1024))), { signal })
  port1.close()
  expect(turns).toBeGreaterThan(64)
})

test('hashes there what was chosen in a window that is closed by now', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const OtherFile: typeof File = Reflect.get(frame.contentWindow!, 'File')
  const bytes = new Uint8Array(1024 * 1024)
  const { signal } = new AbortController()
  const file = new OtherFile([bytes], 'a.bin')
  frame.remove()
  expect(await workerHasher(file, { signal })).toEqual(await workerHasher(new Blob([bytes]), { signal }))
})
