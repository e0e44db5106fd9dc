import type { PostForm } from '../form/post-form.ts'
import type { Transport, TransportReply } from '../transport/transport.ts'
import { isCosUploadError } from '../upload-error.ts'

/** What storage does with a form of the contract. */
export type ContractBehaviour =
  /** 204 with an ETag. */
  | 'stores'
  /** 403 with a body. */
  | 'refuses'
  /** Takes everything and never answers. */
  | 'holds'
  /** Breaks the connection without an answer. */
  | 'breaks'

/** What a transport must be given so that the contract can be tried on it. */
export interface TransportHarness {
  readonly transport: Transport
  /** A form that goes to a storage which behaves so. */
  readonly form: (behaviour: ContractBehaviour, file: Blob) => PostForm | Promise<PostForm>
}

export interface ContractCase {
  readonly name: string
  /** Rejects when the transport breaks the contract. */
  readonly run: (harness: TransportHarness) => Promise<void>
}

/** What every transport promises. Hand each case to your test runner: `test.each(transportContract)('$name', ({ run }) => run(harness))`. */
export const transportContract: readonly ContractCase[] = [
  {
    name: 'resolves with status, headers in any case, and body of a stored file',
    async run({ transport, form }) {
      const reply = await transport(await form('stores', new Blob(['0123456789'])), quiet())
      demand(reply.status === 204, `the status is ${reply.status} instead of 204`)
      demand(Boolean(reply.header('etag')) && reply.header('etag') === reply.header('ETAG'), 'the ETag cannot be read in any case')
      demand(reply.header('x-not-there') === null, 'a header that is not there is not null')
      demand(reply.body === '', 'a 204 has a body')
    },
  },
  {
    name: 'resolves with a refusal, which is a reply too',
    async run({ transport, form }) {
      const reply = await transport(await form('refuses', new Blob(['x'])), quiet())
      demand(reply.status === 403, `the status is ${reply.status} instead of 403`)
      demand(reply.body.length > 0, 'the body of the refusal is lost')
    },
  },
  {
    name: 'sends an empty file',
    async run({ transport, form }) {
      const reply = await transport(await form('stores', new Blob([])), quiet())
      demand(reply.status === 204, `the status is ${reply.status} instead of 204`)
    },
  },
  {
    name: 'tells progress that never runs back, never exceeds the file, and never says "sending" after "waiting"',
    async run({ transport, form }) {
      const size = 300_000
      const told: (readonly [number | null, 'sending' | 'waiting'])[] = []
      await transport(await form('stores', new Blob([new Uint8Array(size)])), {
        ...quiet(),
        onProgress: (sent, phase) => void told.push([sent, phase]),
      })
      demand(told.length > 0, 'no progress was told: a way that cannot tell says null once')
      let before = 0
      let waiting = false
      for (const [sent, phase] of told) {
        demand(sent === null || (sent >= before && sent <= size), `progress ran from ${before} to ${sent} of ${size}`)
        demand(!waiting || phase === 'waiting', '"sending" was told after "waiting"')
        before = sent ?? before
        waiting = phase === 'waiting'
      }
    },
  },
  {
    name: 'rejects with "network" or "outcome-unknown" when the connection breaks',
    async run({ transport, form }) {
      const error = await failure(transport(await form('breaks', new Blob(['x'])), quiet()))
      demand(isCosUploadError(error, 'network') || isCosUploadError(error, 'outcome-unknown'), `it rejected with ${String(error)}`)
    },
  },
  {
    name: 'rejects with "aborted" when the signal fires, or has fired before',
    async run({ transport, form }) {
      const controller = new AbortController()
      const sending = failure(transport(await form('holds', new Blob(['x'])), { ...quiet(), signal: controller.signal }))
      await new Promise((resolve) => setTimeout(resolve))
      controller.abort()
      demand(isCosUploadError(await sending, 'aborted'), 'an abort while sending is not "aborted"')
      const late = await failure(transport(await form('stores', new Blob(['x'])), { ...quiet(), signal: AbortSignal.abort() }))
      demand(isCosUploadError(late, 'aborted'), 'a signal that has fired before is not "aborted"')
    },
  },
]

function quiet(): { readonly signal: AbortSignal; readonly onProgress: () => void } {
  return { signal: new AbortController().signal, onProgress: () => {} }
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`The transport breaks its contract: ${otherwise}.`)
}

/** What it rejects with; `null` when it resolves. */
function failure(sending: Promise<TransportReply>): Promise<unknown> {
  return sending.then(
    () => null,
    (error: unknown) => error,
  )
}
