export { redisStore, type RedisCommands, type RedisStoreOptions } from './lib/store/redis-store.ts'
