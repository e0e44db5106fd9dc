/**
 * What the servers of one app must share: who ran `onUploaded`, and how much was signed for whom. Three operations that any database has.
 * `memoryStore()` does for one process; `@cosdrop/server/redis` for many; the SQLite example shows one of your own.
 */
export interface StorePort {
  /** The value, or `null` when there is none or its time is over. */
  read(key: string): Promise<string | null>
  /**
   * Writes `next` when the present value is `expected`, as one step that no other server can come between. `null` stands for no value.
   * @param ttlSeconds whole ones, here and below
   * @returns whether it was written
   */
  swap(key: string, expected: string | null, next: string | null, ttlSeconds: number): Promise<boolean>
  /** Adds to a counter, as one step; its time starts with the first. @returns the sum */
  add(key: string, amount: number, ttlSeconds: number): Promise<number>
}
