import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Sink {
  /** Where forms are posted to. */
  readonly url: string
  readonly policyUrl: string
  /** The CRC-64 to answer for whatever is uploaded; `null` for no such header. */
  readonly answerCrc64: (value: string | null) => Promise<void>
  readonly close: () => Promise<void>
}

/** @param bytesPerSecond of one upload @default no limit */
export async function startSink(bytesPerSecond = Infinity): Promise<Sink> {
  const child = fork(fileURLToPath(new URL('./sink-server.ts', import.meta.url)), [String(bytesPerSecond)])
  const [origin] = await once(child, 'message')
  return {
    url: `${origin}/examplebucket-1250000000/`,
    policyUrl: `${origin}/policy`,
    async answerCrc64(value) {
      child.send({ crc64: value })
      await once(child, 'message')
    },
    async close() {
      if (!child.connected) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
