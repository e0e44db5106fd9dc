import { once } from 'node:events'
import { createServer, Server, type AddressInfo } from 'node:net'
import { expect, it, vi } from 'vitest'
import { freePort } from './free-port.ts'

it('takes the next port when the wanted one is in use', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await once(busy, 'listening')
  const { port } = busy.address() as AddressInfo
  expect(await freePort(port)).toBeGreaterThan(port)
  busy.close()
})

it('does not say "in use" of a port that takes special rights', async () => {
  const forbidding = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, port: unknown) {
    process.nextTick(() =>
      this.emit('error', Object.assign(new Error(`listen EACCES: permission denied 127.0.0.1:${String(port)}`), { code: 'EACCES' })),
    )
    return this
  })
  try {
    await expect(freePort(80)).rejects.toThrow(/EACCES.*127\.0\.0\.1:80.*special rights/)
  } finally {
    forbidding.mockRestore()
  }
})
