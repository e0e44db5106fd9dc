import { entries, setMany } from 'idb-keyval'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createRecoveryStore } from './recovery.ts'

vi.mock('idb-keyval')

test('who restores is told that the browser does not answer, and nothing is claimed when it does after all', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  let answer = (_rows: [string, unknown][]): void => {}
  const late = new Promise<[string, unknown][]>((resolve) => {
    answer = resolve
  })
  vi.mocked(entries).mockReturnValue(late as ReturnType<typeof entries>)
  const store = createRecoveryStore({ name: 'silent' })
  onTestFinished(() => store.close())

  await Promise.all([expect(store.load()).rejects.toThrow(/does not answer.* in 120 s/), vi.advanceTimersByTimeAsync(120_000)])
  // What is removed waits for it.
  expect((await navigator.locks.query()).held?.map((lock) => lock.name)).not.toContain('cosdrop-silent-claim')

  answer([['a', { owner: 'gone', item: { id: 'a', order: 0 } }]])
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  expect(vi.mocked(setMany)).not.toHaveBeenCalled()
})
