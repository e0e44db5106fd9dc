// A server of an app, in a process of its own: confirm endpoint, Redis, and an `onUploaded` that waits until it is told to go on.
import { createServer } from 'node:http'
import { createClient } from 'redis'
import { createConfirmHandler } from '../confirm/confirm-handler.ts'
import { allowAnyone } from '../handler/authorize.ts'
import { toNodeHandler } from '../node/to-node-handler.ts'
import { redisStore } from '../store/redis-store.ts'
import { account, bucket } from './demo.ts'

const { REDIS_SOCKET: path = '', COS_ENDPOINT: endpoint = '' } = process.env

const client = createClient({ socket: { path, tls: false } })
const blocking = client.duplicate()
await Promise.all([client.connect(), blocking.connect()])

const handler = createConfirmHandler({
  ...bucket,
  endpoint,
  credentials: account,
  authorize: allowAnyone(),
  store: redisStore(client),
  async onUploaded(object) {
    await client.rPush('entered', object.key)
    await blocking.blPop(`go:${object.key}`, 0)
    await client.incr(`rows:${object.key}`)
  },
})

const node = toNodeHandler(handler)
const server = createServer((request, response) => void node(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
