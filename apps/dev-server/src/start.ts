// `npm start`: the local COS, the policy endpoint and the playground in one process.
import { startDevServer } from './dev-server.ts'

const starting = startDevServer({
  port: Number(process.env['PORT'] ?? 5173),
  cosPort: Number(process.env['COS_PORT'] ?? 9000),
})

// Before anything is said: who reads that it is ready may end it at once, and what is stored is to be deleted then, too.
let closing = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (closing) return
    closing = true
    void starting.then((server) => server.close()).then(() => process.exit(0))
  })
}

const server = await starting.catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

console.log(`
  Cosdrop playground   ${server.url}
  Local COS            ${server.cosUrl}/   (buckets, objects, and why a request was refused)

  Drop a file on the page. Ctrl-C ends everything and deletes what was stored.
`)
