import { serveHashing } from './lib/hashing/serve-hashing.ts'

serveHashing(globalThis)
