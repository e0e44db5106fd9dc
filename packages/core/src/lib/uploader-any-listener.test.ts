import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createUploaderFixture, files, type UploaderFixture } from './testing/uploader-fixture.ts'
import { isSettled, type UploadItem } from './upload-item.ts'
import type { UploaderEvent } from './uploader-events.ts'

/** What an app may do as it hears of an event. */
const reactions = {
  add: ({ uploader }) => void uploader.add(files(['more'])),
  addAborted: ({ uploader }) => void uploader.upload(files(['late']), { signal: AbortSignal.abort() }),
  retry: ({ uploader }, id) => uploader.retry(id),
  cancel: ({ uploader }, id) => uploader.cancel(id),
  cancelAll: ({ uploader }) => uploader.cancel(),
  again({ uploader }, id) {
    uploader.cancel(id)
    uploader.retry(id)
  },
  retryInVain({ uploader }, id) {
    uploader.retry(id)
    uploader.cancel(id)
  },
  remove: ({ uploader }, id) => uploader.remove(id),
  destroy: ({ uploader }) => uploader.destroy(),
} satisfies Record<string, (fixture: UploaderFixture, id: string) => void>

const types: readonly UploaderEvent['type'][] = [
  'files-added',
  'upload-started',
  'upload-retried',
  'outcome-doubted',
  'upload-succeeded',
  'upload-failed',
  'upload-canceled',
  'item-removed',
]

type Reaction = keyof typeof reactions
const anyReaction = fc.tuple(fc.constantFrom(...types), fc.constantFrom(...(Object.keys(reactions) as Reaction[])))
const anyReply = fc.constantFrom('store', 'refuse', 'busy', 'lose', 'break')

test('whatever an app does as it hears of events, the end of all is told after each single one, with those that ended since', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyReaction, { maxLength: 6, size: 'max' }), fc.array(anyReply, { maxLength: 12, size: 'max' }), async (todo, said) => {
      const fixture = createUploaderFixture({ concurrency: 2, retry: { attempts: 2 } })
      const { uploader, storage, clock, items } = fixture
      const left = [...todo]
      const replies = [...said]
      const endings = new Set<string>()
      const told: {
        readonly here: readonly UploadItem[]
        readonly now: readonly unknown[]
        readonly since: string[]
        readonly busy: UploadItem[]
      }[] = []
      uploader.onEvent((event) => {
        const id = 'item' in event ? event.item.id : ''
        if (event.type === 'upload-succeeded' || event.type === 'upload-failed' || event.type === 'upload-canceled') endings.add(id)
        if (event.type === 'item-removed') endings.delete(id)
        if (event.type === 'queue-settled') {
          const here = event.items.filter((item) => uploader.getItem(item.id))
          told.push({
            here,
            now: here.map((item) => uploader.getItem(item.id)),
            since: [...endings].filter(uploader.getItem),
            busy: items().filter((item) => !isSettled(item)),
          })
          endings.clear()
        }
        const at = left.findIndex(([type]) => type === event.type)
        if (at >= 0) for (const [, reaction] of left.splice(at, 1)) reactions[reaction](fixture, id)
      })
      const all = uploader.upload(files(['a', 'b', 'c']))
      for (let round = 0; round < 60; round += 1) {
        await clock.advance(20_000)
        for (const request of storage.active()) {
          const reply = replies.shift() ?? 'store'
          if (reply === 'store') request.succeed()
          else if (reply === 'lose') request.fail('outcome-unknown')
          else if (reply === 'break') request.fail('network')
          else request.refuse(reply === 'busy' ? 503 : 403, reply === 'busy' ? 'SlowDown' : 'AccessDenied')
        }
        if (items().every(isSettled)) break
      }
      await clock.advance(20_000)
      expect(items().filter((item) => !isSettled(item))).toEqual([])
      expect(endings).toEqual(new Set())
      for (const { here, now, since, busy } of told) {
        expect(busy).toEqual([])
        expect(here.map(({ id }) => id).sort()).toEqual(since.sort())
        expect(here).toEqual(now)
      }
      await all
      expect(clock.pending()).toBe(0)
    }),
    { numRuns: 300 },
  )
})
