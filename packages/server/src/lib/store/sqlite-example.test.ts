import { afterAll, describe } from 'vitest'
import { sqliteStore } from '../../../examples/sqlite-store.ts'
import { describeStore } from '../testing/store-contract.ts'

describe('the SQLite example', () => {
  let time = 1_000_000
  const store = sqliteStore(':memory:', { now: () => time })
  afterAll(() => store.close())
  describeStore(async () => ({
    store,
    passSeconds: async (seconds) => {
      time += seconds * 1000
    },
  }))
})
