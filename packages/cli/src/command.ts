#!/usr/bin/env node
import { addAbortSignal } from 'node:stream'
import { runCosdrop } from './lib/run-cosdrop.ts'

const ended = new AbortController()
process.once('SIGINT', () => ended.abort())
process.once('SIGTERM', () => ended.abort())
// A window that was closed: without it the doctor would leave its test objects in the bucket.
process.once('SIGHUP', () => ended.abort())
// A reader that went away (`cosdrop … | head`) is no failure of ours, and no reason to leave undone what was asked for (`doctor --apply | grep -q …`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  process.stderr.write(`✗ ${error.message}\n`)
  process.exit(1)
})

process.exitCode = await runCosdrop(process.argv.slice(2), {
  env: process.env,
  // Who reads it waits for an end that may never come, and Ctrl+C would do nothing.
  stdin: addAbortSignal(ended.signal, process.stdin),
  stdout: process.stdout,
  stderr: process.stderr,
  fetch,
  now: Date.now,
  monotonic: () => performance.now(),
  signal: ended.signal,
})
