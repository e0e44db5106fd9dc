import { untilAborted } from '../abort.ts'
import { afterStill } from '../after-still.ts'
import { waitUnlessStopped } from '../wait-unless-stopped.ts'
import type { Clock } from '../clock.ts'
import { makePostForm } from '../form/build-post-form.ts'
import { findField } from '../form/find-field.ts'
import { withFailures } from '../load-failures.ts'
import type { UploadItem } from '../upload-item.ts'
import type { UploaderSettings } from '../uploader-settings.ts'
import type { UploaderStore } from '../uploader-store.ts'
import { isPolicyReply } from './is-policy-reply.ts'
import type { RequestVerdict } from './policy-failure.ts'
import type { PolicyFile } from './policy-source.ts'
import { livesLongEnough, readLife, type SignedPolicy } from './signed-policy.ts'

/** Gets a signed policy for each file, with as few requests as can be. */
export interface PolicyDesk {
  /**
   * A policy that lives long enough: the one at hand, or a promise of one.
   * @param signal this upload's own: who waits is known by it
   * @param renew an earlier one was refused as expired: ask again, for the same key
   */
  readonly take: (item: UploadItem, options: { readonly signal: AbortSignal; readonly renew: boolean }) => SignedPolicy | Promise<SignedPolicy>
  /** Of each item that was signed for: one that is signed for again gets the same key. */
  readonly policies: Map<string, SignedPolicy>
  /** The item is settled or gone, or to be signed as if for the first time. */
  readonly forget: (id: string) => void
  /** Somebody wants to try again: no rest before the next request. */
  readonly wake: () => void
  /** Nobody waits any more: a request for files that only were next ends, too. What was sent keeps its key for whoever wants it again. */
  readonly end: () => void
  /** When storage refused as expired what was just signed again, and how many were stored by then. */
  futile?: { readonly at: number; readonly stored: number }
}

export interface PolicyDeskPorts {
  readonly clock: Clock
  readonly settings: () => UploaderSettings
  readonly store: Pick<UploaderStore, 'getItem' | 'speed'>
  /** The next in the queue's order. */
  readonly upcoming: (count: number) => readonly { readonly id: string }[]
  readonly online: () => boolean
}

interface Taker {
  readonly item: UploadItem
  readonly resolve: (policy: SignedPolicy | Promise<never>) => void
}

/** Files of one request, at most: the limit that policy endpoints state. */
const most = 100
/** Bytes signed before their turn, 32 MB, or what goes out in a minute: more would outlive their policies on a slow line. */
const aheadBytes = 33_554_432

/**
 * One request at a time, the next before the last policy is used. It asks for all that wait and for what will be next in the queue, so 1,000
 * small files take about ten requests.
 * How far it looks ahead adapts: half as far when a policy runs out before its turn, one file further with each that was used in time.
 */
export function createPolicyDesk({ clock, settings, store, upcoming, online }: PolicyDeskPorts): PolicyDesk {
  const policies = new Map<string, SignedPolicy>()
  /** Who waits, in the order they came. */
  const takers = new Map<AbortSignal, Taker>()
  /** The files of the request under way. */
  const asked = new Map<string, UploadItem>()
  /** Ends that request, or the rest before the next; `null` once the reply is there. */
  let stop: (() => void) | null = null
  let working = false
  /** How many files may be asked for before their turn. */
  let ahead = most
  /** When the last that was too late for its turn ran out. */
  let late = 0
  /**
   * Files of one request, at most: half as many where one of them, or their number, was not allowed; a fifth more with each answer; all again after
   * the one to blame was refused alone, and fewer where another one is: none may be allowed.
   */
  let group = Infinity
  /** Files refused alone since one was signed. */
  let refusals = 0
  /** Requests in a row that the endpoint did not answer. */
  let failures = 0
  /** No request before that: the endpoint is in trouble. Until it signs again, and this is 0, also those that wait are asked for one by one. */
  let restUntil = 0
  /** What it says to everybody until then. */
  let closed: unknown

  const choose = (): void => {
    // Where few are signed together those ahead stand behind one that is not allowed: to ask for them as each file starts has it refused as often.
    const reach = restUntil ? 0 : Math.max(0, Math.min(ahead, group * 4, settings().options.lookAhead ?? most)) || 0
    const items = [...takers.values()].map(({ item }) => item)
    // With half of what may be ahead used up, the next are asked for, so that no upload has to wait for them.
    if (items.length || policies.size < reach / 2) {
      let left = Math.max(aheadBytes, (store.speed() ?? 0) * 60)
      const now = clock.now()
      for (const { id } of upcoming(2 * most)) {
        const item = store.getItem(id)
        if (item && (left -= item.size) >= 0 && !livesLongEnough(policies.get(id), now)) items.push(item)
      }
    }
    for (const item of items.slice(0, restUntil ? 1 : Math.min(takers.size + reach, most, group))) asked.set(item.id, item)
  }

  const refuse = (error: unknown, all: boolean): void => {
    for (const [signal, { item, resolve }] of takers) if ((all || asked.has(item.id)) && takers.delete(signal)) resolve(Promise.reject(error))
  }

  const ask = async (): Promise<void> => {
    const { source, options } = settings()
    const { fields, context, policyTimeout = 30_000 } = options
    const items = [...asked.values()]
    const controller = new AbortController()
    const { signal } = controller
    stop = () => controller.abort()
    const stopTimer = afterStill(clock, policyTimeout, stop)
    const askedAt = clock.now()
    let reply: unknown
    let cause: unknown
    try {
      const request = {
        fields,
        context,
        files: items.map(({ id, name, relativePath, type, size }): PolicyFile => {
          const post = policies.get(id)?.post
          return {
            name,
            relativePath: relativePath || undefined,
            type,
            size,
            key: findField(Object.entries(post?.fields ?? {}), 'key'),
            receipt: post?.receipt,
          }
        }),
      }
      // In JavaScript it may be a function that has them at hand.
      reply = await untilAborted(signal, Promise.resolve(source(request, { signal })))
    } catch (error) {
      cause = error
    }
    stopTimer()
    stop = null
    if (isPolicyReply(reply, items.length)) {
      restUntil = failures = refusals = 0
      ahead ||= 1
      group *= 1.2
      const signed = readLife(reply, askedAt, clock)
      const now = signed[0]?.serverNow()
      for (const [at, { id, file, name }] of items.entries()) {
        const life = signed[at]
        if (!life || !asked.has(id)) continue
        // Here, one after the other, forms take a quarter of the time that each takes between two uploads.
        const form = makePostForm({ post: life.post, file, filename: name, now })
        if (form instanceof Promise) form.catch(() => {})
        const policy = { ...life, form }
        policies.set(id, policy)
        for (const [signal, { item, resolve }] of takers) if (item.id === id && takers.delete(signal)) resolve(policy)
        // Those that wait come first, and are on their way before the forms of the others are made.
        await Promise.resolve()
      }
    } else if (asked.size) {
      failures += 1
      const known = items.some(({ id }) => policies.has(id))
      const { error, rest, divide, toAll, anew } = await withFailures<Partial<RequestVerdict>>(
        ({ judgeRequest }) => judgeRequest(settings(), { count: items.length, known, failures, reply, cause, silent: signal.aborted }),
        // Whoever runs the upload tries again after anything that it does not know.
        () => ({ error: cause ?? new Error('No policies came.') }),
        // A source may throw what only looks like an error of ours.
      ).catch((odd: unknown): Partial<RequestVerdict> => ({ error: odd }))
      // Not of others: what was sent under their keys may be stored.
      if (anew) for (const { id } of items) policies.delete(id)
      // One file may be to blame, or the number of them; and an endpoint in trouble is asked for no more than is needed.
      if (rest) {
        ahead >>= 1
        restUntil = clock.now() + rest
      } else group = divide ? items.length / 2 : Math.max(1, most * 8 ** (1 - refusals++))
      closed = toAll && error
      // A refusal is an answer: the next file has all its tries.
      if (rest === null || closed) failures = 0
      if (error) {
        // Down, it is down for all that wait.
        refuse(error, !!rest)
        // Offline it was not the endpoint's fault.
        if (!online()) restUntil = failures = 0
      }
    }
  }

  const work = async (): Promise<void> => {
    if (working) return
    working = true
    // Those that start together go into one request.
    await Promise.resolve()
    do {
      const rest = Math.max(0, restUntil - clock.now())
      if (rest && closed) refuse(closed, true)
      // The files ahead can wait for the next that is wanted.
      else if (failures && takers.size) await waitUnlessStopped(clock, rest, (end) => (stop = end))
      choose()
      if (asked.size) await ask()
      asked.clear()
    } while (takers.size)
    working = false
  }

  /** A file has gone: when nobody waits any more, the request goes too, or the rest before one; so does a request in which no file is left. */
  const drop = (id: string, waited?: boolean): void => {
    const wasAsked = asked.delete(id)
    if (!stop || !(wasAsked || waited) || (takers.size && (asked.size || !wasAsked))) return
    asked.clear()
    stop()
  }

  return {
    take(item, { signal, renew }) {
      const { id, size } = item
      const known = policies.get(id)
      // Whatever becomes of the new one, this was refused; so would be those that end no later. A device that sleeps does not see them run out.
      if (renew && known) for (const [of, policy] of policies) if (policy.endsAt <= known.endsAt) policies.set(of, { ...policy, endsAt: -Infinity })
      const sendingMs = (size / (store.speed() || Infinity)) * 1_000
      const good = !renew && livesLongEnough(known, clock.now(), sendingMs)
      // With half of what may ever be ahead at hand `choose` finds nothing to ask for: a turn for each of a thousand small files to see that.
      if (!good || policies.size < most / 2) void work()
      if (good) {
        ahead = Math.min(ahead + 1, most)
        return known
      }
      // Those that were signed together run out together.
      if (known && !renew && known.endsAt > late) {
        late = known.endsAt
        ahead >>= 1
      }
      const signed = new Promise<SignedPolicy>((resolve) => {
        takers.set(signal, { item, resolve })
      })
      return untilAborted(signal, signed).finally(() => drop(id, takers.delete(signal)))
    },
    policies,
    forget(id) {
      policies.delete(id)
      // Canceled just now, it is about to hear of that: whether it waited is seen then.
      drop(id)
    },
    end() {
      for (const [id] of asked) drop(id)
    },
    wake() {
      restUntil &&= -1
      if (!asked.size) stop?.()
    },
  }
}
