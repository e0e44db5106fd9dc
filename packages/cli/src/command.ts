#!/usr/bin/env node
import { runCosdrop } from './lib/run-cosdrop.ts'

const ended = new AbortController()
process.once('SIGINT', () => ended.abort())
process.once('SIGTERM', () => ended.abort())
// A reader that went away (`cosdrop … | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`✗ ${error.message}\n`)
  process.exit(1)
})

process.exitCode = await runCosdrop(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  fetch,
  now: Date.now,
  monotonic: () => performance.now(),
  signal: ended.signal,
})
