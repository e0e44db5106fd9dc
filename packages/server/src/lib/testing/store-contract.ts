import { expect, it } from 'vitest'
import type { StorePort } from '../store/store-port.ts'

/** A store under test, with a way to let its time pass. */
export interface StoreUnderTest {
  readonly store: StorePort
  readonly passSeconds: (seconds: number) => Promise<void>
}

/** What every store must do. Keys are fresh for each test, so that one database serves all. */
export function describeStore(open: () => Promise<StoreUnderTest>): void {
  const fresh = (): string => `test:${crypto.randomUUID()}`

  it('has no value until one is written', async () => {
    const { store } = await open()
    expect(await store.read(fresh())).toBeNull()
  })

  it('writes only over the value that was expected', async () => {
    const { store } = await open()
    const key = fresh()
    expect(await store.swap(key, 'a', 'b', 60)).toBe(false)
    expect(await store.swap(key, null, 'a', 60)).toBe(true)
    expect(await store.swap(key, null, 'b', 60)).toBe(false)
    expect(await store.read(key)).toBe('a')
    expect(await store.swap(key, 'a', 'b', 60)).toBe(true)
    expect(await store.read(key)).toBe('b')
    expect(await store.swap(key, 'b', null, 60)).toBe(true)
    expect(await store.read(key)).toBeNull()
  })

  it('lets one of many win who write at the same time', async () => {
    const { store } = await open()
    const key = fresh()
    const won = await Promise.all(Array.from({ length: 20 }, (_, at) => store.swap(key, null, `writer ${at}`, 60)))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await store.read(key)).toBe(`writer ${won.indexOf(true)}`)
  })

  it('loses no count of many who add at the same time', async () => {
    const { store } = await open()
    const key = fresh()
    const sums = await Promise.all(Array.from({ length: 20 }, () => store.add(key, 3, 60)))
    expect(Math.max(...sums)).toBe(60)
    expect(new Set(sums).size).toBe(20)
  })

  it('remembers until the time is over, however short the time of the value before was', async () => {
    const { store, passSeconds } = await open()
    const key = fresh()
    await store.swap(key, null, 'a', 1)
    await store.swap(key, 'a', 'b', 60)
    await passSeconds(50)
    expect(await store.read(key)).toBe('b')
  })

  it('forgets when the time is over, and starts counting anew', async () => {
    const { store, passSeconds } = await open()
    const [value, sum] = [fresh(), fresh()]
    await store.swap(value, null, 'a', 1)
    await store.add(sum, 5, 1)
    await passSeconds(1.1)
    expect(await store.read(value)).toBeNull()
    expect(await store.swap(value, null, 'b', 60)).toBe(true)
    expect(await store.add(sum, 2, 60)).toBe(2)
  })

  it('counts from the first addition: later ones do not make the window longer', async () => {
    const { store, passSeconds } = await open()
    const key = fresh()
    await store.add(key, 1, 2)
    await passSeconds(1.2)
    await store.add(key, 1, 2)
    await passSeconds(1.2)
    expect(await store.add(key, 1, 2)).toBe(1)
  })
}
