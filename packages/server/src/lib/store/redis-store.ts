import type { StorePort } from './store-port.ts'

/** What is used of a client of the `redis` package, version 5 or 6; one that is connected. */
export interface RedisCommands {
  get(key: string): Promise<string | null>
  eval(script: string, options: { readonly keys: string[]; readonly arguments: string[] }): Promise<unknown>
}

export interface RedisStoreOptions {
  /** Begins every key, so that the database can be shared. @default 'cosdrop:' */
  readonly prefix?: string | undefined
}

// Scripts run as one step in Redis. An empty first argument stands for "no value": values are never empty.
const SWAP = `
local present = redis.call('GET', KEYS[1]) or ''
if present ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
return 1`

const ADD = `
local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
return sum`

/**
 * A store for all servers of an app, in Redis 5 or newer, or what speaks like it. Give it a connected client of the official `redis` package.
 * Errors of the client pass through: nothing is confirmed and nothing is counted while Redis is away.
 */
export function redisStore(client: RedisCommands, { prefix = 'cosdrop:' }: RedisStoreOptions = {}): StorePort {
  const run = (script: string, key: string, ...parts: readonly (string | number)[]): Promise<unknown> =>
    client.eval(script, { keys: [prefix + key], arguments: parts.map(String) })
  return {
    read: (key) => client.get(prefix + key),
    swap: async (key, expected, next, ttlSeconds) => (await run(SWAP, key, expected ?? '', next ?? '', ttlSeconds)) === 1,
    add: async (key, amount, ttlSeconds) => Number(await run(ADD, key, amount, ttlSeconds)),
  }
}
