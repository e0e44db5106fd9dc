import { pause, untilAborted } from '../abort.ts'
import type { Clock } from '../clock.ts'
import { retryDelay } from '../retry-policy.ts'
import { CosUploadError, isCosUploadError } from '../upload-error.ts'
import type { UploadItem } from '../upload-item.ts'
import type { UploaderSettings } from '../uploader-settings.ts'
import type { PolicyFile, SignedPost } from './policy-source.ts'
import { readPolicyReply } from './read-policy-reply.ts'
import { livesLongEnough, readLife, type SignedPolicy } from './signed-policy.ts'

/** Gets a signed policy for each file, with as few requests as can be. */
export interface PolicyDesk {
  /**
   * Resolves with a policy that lives long enough.
   * @param renew an earlier one was refused as expired: ask again, for the same key
   */
  readonly take: (
    item: UploadItem,
    options: { readonly signal: AbortSignal; readonly sendingMs: number; readonly renew: boolean },
  ) => Promise<SignedPolicy>
  /** The item is settled or gone. */
  readonly forget: (id: string) => void
}

export interface PolicyDeskPorts {
  readonly clock: Clock
  readonly settings: () => UploaderSettings
  /** The next items in the queue's order, up to so many files and so many bytes together. */
  readonly upcoming: (files: number, bytes: number) => readonly UploadItem[]
}

/** Files of one request, at most: the limit that policy endpoints state. */
const batchSize = 100
/** The next batch is asked for when so few policies are left for each upload at a time, so that none has to wait for it. */
const refillBelow = 4
/** Bytes signed before their turn: more would outlive their policies on a slow line. */
const aheadBytes = 32 * 2 ** 20

interface Taker {
  readonly item: UploadItem
  readonly resolve: (policy: SignedPolicy) => void
  readonly reject: (error: unknown) => void
}

interface Batch {
  /** Those that were removed meanwhile are taken out. */
  readonly files: Map<string, UploadItem>
  readonly takers: Set<Taker>
  readonly controller: AbortController
}

/**
 * One request at a time, the next before the last policy is used. It asks for all that wait and for what will be next in the queue, so 1,000
 * small files take about ten requests.
 * How far it looks ahead adapts: half as far when policies run out before their turn, one file further with each that was used in time.
 */
export function createPolicyDesk({ clock, settings, upcoming }: PolicyDeskPorts): PolicyDesk {
  const signed = new Map<string, SignedPolicy>()
  const waiting = new Set<Taker>()
  const unused = new Set<string>()
  let batch: Batch | null = null
  let due = false
  let ahead = batchSize
  let healthy = true

  const askOnce = async (files: readonly PolicyFile[], signal: AbortSignal): Promise<readonly SignedPolicy[]> => {
    const { source, policyUrl: url, options } = settings()
    const { fields, context, policyTimeout: timeout = 30_000 } = options
    const attempt = new AbortController()
    const abort = (): void => attempt.abort(signal.reason)
    signal.addEventListener('abort', abort)
    const stop = clock.after(timeout, () => {
      const text = `The policy endpoint${url === null ? '' : ` ${url}`} did not answer for ${timeout / 1_000} s. Look into the log of your server.`
      attempt.abort(new CosUploadError('policy-unreachable', text, { url, status: null, retryAfter: null }))
    })
    const requestedAt = clock.now()
    try {
      const reply: unknown = await untilAborted(
        attempt.signal,
        source({ files, ...(fields !== undefined && { fields }), ...(context !== undefined && { context }) }, { signal: attempt.signal }),
      )
      return readLife(await readPolicyReply(reply, files.length, url), requestedAt, clock)
    } catch (cause) {
      if (signal.aborted || isCosUploadError(cause)) throw cause
      throw new CosUploadError(
        'policy-unreachable',
        'The policy source threw an error: see its cause.',
        { url, status: null, retryAfter: null },
        { cause },
      )
    } finally {
      stop()
      signal.removeEventListener('abort', abort)
    }
  }

  const ask = async (asked: ReadonlyMap<string, UploadItem>, signal: AbortSignal): Promise<void> => {
    const all = [...asked.values()]
    const files = all.map((item) => policyFile(item, signed.get(item.id)?.post))
    for (let attempt = 1; ; attempt += 1) {
      try {
        const policies = await askOnce(files, signal)
        healthy = true
        ahead = Math.max(ahead, 1)
        for (const [index, item] of all.entries()) {
          const policy = policies[index]
          if (policy !== undefined && asked.has(item.id)) signed.set(item.id, policy)
        }
        return
      } catch (error) {
        const { retry, random } = settings()
        // When the endpoint was found to be down, each further request gets one try until it answers again.
        const options = healthy ? retry : { ...retry, attempts: 1 }
        const delay = isCosUploadError(error) && !signal.aborted ? retryDelay(error, attempt, options, random) : null
        if (delay === null) {
          if (isCosUploadError(error, 'policy-unreachable')) healthy = false
          throw error
        }
        await pause(clock, delay, signal)
      }
    }
  }

  /** How many upcoming files may be signed before their turn. */
  const reach = (): number => Math.min(ahead, settings().options.lookAhead ?? batchSize)
  const isShort = (): boolean => unused.size < Math.min(reach(), refillBelow * (settings().options.concurrency ?? 3))

  const send = async (): Promise<void> => {
    due = false
    const takers = new Set([...waiting].slice(0, batchSize))
    if (batch !== null || (takers.size === 0 && !isShort())) return
    const files = new Map<string, UploadItem>()
    for (const taker of takers) {
      waiting.delete(taker)
      files.set(taker.item.id, taker.item)
    }
    const limit = Math.min(files.size + reach(), batchSize)
    for (const item of upcoming(limit + unused.size, aheadBytes)) {
      const known = signed.get(item.id)
      if (files.has(item.id) || (known !== undefined && livesLongEnough(known, clock.now(), 0))) continue
      if (files.size === limit) break
      files.set(item.id, item)
      unused.add(item.id)
    }
    if (files.size === 0) return
    const own: Batch = { files, takers, controller: new AbortController() }
    batch = own
    try {
      await ask(files, own.controller.signal)
      for (const taker of takers) deliver(taker)
    } catch (error) {
      for (const id of files.keys()) unused.delete(id)
      if (files.size > 1 && isCosUploadError(error, 'policy-refused') && error.details.status !== 401) {
        // One file that is not allowed makes the endpoint refuse all: find out which, and look ahead less.
        ahead = 0
        for (const taker of takers) await ask(new Map([[taker.item.id, taker.item]]), own.controller.signal).then(() => deliver(taker), taker.reject)
      } else for (const taker of takers) taker.reject(error)
    }
    batch = null
    if (waiting.size > 0) void send()
  }

  const sendSoon = (): void => {
    if (due || batch !== null) return
    due = true
    queueMicrotask(() => void send())
  }

  const deliver = (taker: Taker): void => {
    const policy = signed.get(taker.item.id)
    unused.delete(taker.item.id)
    if (policy !== undefined) taker.resolve(policy)
  }

  return {
    async take(item, { signal, sendingMs, renew }) {
      signal.throwIfAborted()
      const { id } = item
      const known = signed.get(id)
      if (known !== undefined && !renew) {
        const early = unused.delete(id)
        if (livesLongEnough(known, clock.now(), sendingMs)) {
          if (early) ahead = Math.min(ahead + 1, batchSize)
          if (early && healthy && isShort()) sendSoon()
          return known
        }
        if (early) ahead >>= 1
      }
      const joined = batch !== null && !renew && batch.files.has(id) && !signed.has(id) ? batch : null
      const group = joined?.takers ?? waiting
      let taker: Taker | undefined
      const promise = new Promise<SignedPolicy>((resolve, reject) => {
        taker = { item, resolve, reject }
        group.add(taker)
      })
      sendSoon()
      try {
        return await untilAborted(signal, promise)
      } finally {
        if (taker !== undefined) {
          waiting.delete(taker)
          if (batch?.takers.delete(taker) && batch.takers.size === 0) batch.controller.abort(signal.reason)
        }
      }
    },
    forget(id) {
      signed.delete(id)
      unused.delete(id)
      if (batch?.files.delete(id) && batch.files.size === 0) batch.controller.abort()
    },
  }
}

function policyFile({ name, type, size }: UploadItem, earlier: SignedPost | undefined): PolicyFile {
  const key = earlier?.fields?.['key']
  return { name, type, size, ...(key !== undefined && earlier?.receipt !== undefined && { key, receipt: earlier.receipt }) }
}
