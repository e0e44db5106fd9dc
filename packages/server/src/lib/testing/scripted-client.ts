import { createCosClient, type CosClient } from '../client/cos-client.ts'
import { account, bucket, NOON } from './demo.ts'

export interface ScriptedClient {
  readonly client: CosClient
  readonly sent: readonly Request[]
  /** Milliseconds that it would have waited. */
  readonly pauses: readonly number[]
}

/** A client whose service answers one reply after the other, and whose pauses are recorded instead of waited for. */
export function scripted(replies: readonly (() => Response)[]): ScriptedClient {
  const sent: Request[] = []
  const pauses: number[] = []
  const client = createCosClient({
    ...bucket,
    credentials: account,
    now: () => NOON,
    random: () => 1,
    wait: async (ms) => void pauses.push(ms),
    fetch: async (input, init) => {
      sent.push(new Request(input, init))
      const reply = replies[sent.length - 1]
      if (reply === undefined) throw new Error('More requests than replies.')
      return reply()
    },
  })
  return { client, sent, pauses }
}
