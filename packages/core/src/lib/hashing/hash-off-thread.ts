import { abortedError } from '../aborted-error.ts'
import { afterStill } from '../after-still.ts'
import { systemClock } from '../clock.ts'
import { lazily } from '../lazily.ts'
import { nextTask } from '../next-task.ts'
import { fileUnreadable, readable, readAgain } from '../transport/file-readable.ts'
import { CosUploadError } from '../upload-error.ts'
import { isReadFailure, problemOf } from './hash-failure.ts'
import type { HashAlgorithm } from './hash-file.ts'
import type { HashReply, HashRequest } from './hash-messages.ts'
import type { HasherOptions } from './hasher.ts'

interface Job {
  readonly request: Extract<HashRequest, { kind: 'hash' }>
  readonly options: HasherOptions
  readonly done: (hex: string) => void
  readonly failed: (error: unknown) => void
}

const loadHashFile = lazily(() => import('./hash-file.ts'))

// Small enough that no task of the page's thread takes 50 ms, on a slow phone too.
const chunkSizeOnPage = 512 * 1024

/** What the worker has to do; what the page does itself is not among it. */
const jobs = new Map<number, Job>()
let lastId = 0
let worker: Worker | null = null
/** Said a word once: should it end, the next file gets another. One drive that hangs says nothing of those after it. */
let workerRuns = false
let workerFails = typeof Worker === 'undefined'
/**
 * Milliseconds without a word of the worker while it has files. A network that stands still tells no error of its script for minutes, and of a worker
 * that the system has ended nothing is told at all.
 */
const patience = 30_000
let stopWaiting = (): void => {}

/** Hashes in one worker that all files share; on the page's own thread, in small pieces, where no worker can run (no support, CSP). */
export function hashOffThread(file: Blob, algorithm: HashAlgorithm, options: HasherOptions): Promise<string> {
  return readAgain(() => hashOnce(file, algorithm, options))
}

function hashOnce(file: Blob, algorithm: HashAlgorithm, options: HasherOptions): Promise<string> {
  const { signal } = options
  const id = ++lastId
  const { promise, resolve, reject } = withResolvers<string>()
  if (signal.aborted) return Promise.reject(abortedError(signal))

  const job: Job = { request: { kind: 'hash', id, file, algorithm }, options, done: resolve, failed: reject }
  const onAbort = (): void => {
    worker?.postMessage({ kind: 'cancel', id } satisfies HashRequest)
    reject(abortedError(signal))
  }
  signal.addEventListener('abort', onAbort)
  worker ??= startWorker()
  if (worker) {
    jobs.set(id, job)
    worker.postMessage(job.request)
    if (jobs.size === 1) awaitWord(worker)
  } else void hashOnPage(job)
  return promise.finally(() => {
    signal.removeEventListener('abort', onAbort)
    jobs.delete(id)
    if (jobs.size > 0) return
    stopWaiting()
    // Deno and Bun: a worker that waits for the next file keeps the process of a script from ending.
    if (typeof XMLHttpRequest === 'undefined') releaseHashWorker()
  })
}

/** Ends the worker when nothing is being hashed; the next file starts another. */
export function releaseHashWorker(): void {
  if (jobs.size > 0) return
  worker?.terminate()
  worker = null
}

function startWorker(): Worker | null {
  if (workerFails) return null
  try {
    // Bundlers look for this very form, and this package ships the file as .js; Vite finds the .ts beside it in development. No name:
    // webpack makes one file of all workers that share one, and of Next.js's two routers one worker would run the other's half.
    workerRuns = false
    const started = new Worker(new URL('../../hash-worker.js', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<HashReply>) => onReply(data))
    started.addEventListener('error', (event) => {
      event.preventDefault()
      onWorkerFailure(started)
    })
    return started
  } catch {
    // CSP's worker-src, or a page of another origin than the script.
    workerFails = true
    return null
  }
}

function awaitWord(heard: Worker): void {
  stopWaiting()
  stopWaiting = afterStill(systemClock, patience, () => onWorkerFailure(heard))
}

function onWorkerFailure(failed: Worker): void {
  if (worker !== failed) return
  workerFails = !workerRuns
  failed.terminate()
  worker = null
  jobs.forEach((job) => void hashOnPage(job))
  jobs.clear()
}

function onReply(reply: HashReply): void {
  workerRuns = true
  if (worker && jobs.size > 0) awaitWord(worker)
  if (reply.kind === 'ready') return
  const job = jobs.get(reply.id)
  if (!job) return
  if (reply.kind === 'progress') job.options.onProgress?.(reply.hashedBytes)
  else if (reply.kind === 'done') job.done(reply.hex)
  else job.failed(reply.unreadable ? unreadable(job, reply.problem) : unhashable(reply.problem))
}

async function hashOnPage(job: Job): Promise<void> {
  const { file, algorithm } = job.request
  try {
    const { hashFile } = await loadHashFile()
    await hashFile(readable(file), algorithm, { ...job.options, chunkSize: chunkSizeOnPage, rest: nextTask }).then(job.done, (cause: unknown) =>
      job.failed(isReadFailure(cause) ? unreadable(job, problemOf(cause), cause) : unhashable(problemOf(cause), cause)),
    )
  } catch (error) {
    // What hashes could not be loaded.
    job.failed(error)
  }
}

/** No repetition changes that: the page's policy, or a browser without WebAssembly. */
function unhashable(reason: string, cause?: unknown): CosUploadError<'form-invalid'> {
  const problem = `the file cannot be hashed here (${reason})`
  const text = `The upload form cannot be built: ${problem}. Allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy.`
  return new CosUploadError('form-invalid', text, { field: 'Content-MD5', problem }, { cause })
}

function unreadable({ request }: Job, problem: string, cause?: unknown): Error {
  const { name = 'blob' }: Blob & Partial<File> = request.file
  return fileUnreadable(name, problem, cause)
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void; reject: (error: unknown) => void } {
  let resolve: (value: Value) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
