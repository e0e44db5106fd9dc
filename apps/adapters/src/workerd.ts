import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { RunningAdapter } from './adapter-contract.ts'
import { spawned } from './listening.ts'

const require = createRequire(import.meta.url)

/** Where the package manager put the binary of the runtime of Cloudflare Workers. */
function binary(): string {
  const inside = createRequire(require.resolve('workerd'))
  const { platform, arch } = process
  return inside.resolve(`@cloudflare/workerd-${platform}-${arch === 'x64' ? '64' : arch}/bin/workerd`)
}

const VARIABLES = ['COS_SECRET_ID', 'COS_SECRET_KEY', 'COS_ENDPOINT']

// https://github.com/cloudflare/workerd, workerd.capnp
const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
  bindings = [${VARIABLES.map((name) => `(name = "${name}", fromEnvironment = "${name}")`).join(', ')}],
);
`

/** Bundles one entry as a deployment would, with no Node API in it, and serves it. @param entry exports `default { fetch }` */
export async function servedByWorkerd(entry: string, env: Readonly<Record<string, string>>): Promise<RunningAdapter> {
  const folder = await mkdtemp(join(tmpdir(), 'cosdrop-workerd-'))
  const build = await rolldown({ input: join(import.meta.dirname, entry), platform: 'browser' })
  await build.write({ file: join(folder, 'worker.js'), format: 'esm' })
  await build.close()
  await writeFile(join(folder, 'config.capnp'), config)
  // The port that was taken is told on the file descriptor named here: standard output.
  const running = await spawned(binary(), ['serve', '--control-fd=1', join(folder, 'config.capnp')], { env })
  return {
    ask: running.ask,
    close: async () => {
      await running.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
