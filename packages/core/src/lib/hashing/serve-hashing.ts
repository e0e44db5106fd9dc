import { isReadFailure, problemOf } from './hash-failure.ts'
import { hashFile } from './hash-file.ts'
import type { HashReply, HashRequest } from './hash-messages.ts'

/** The side of a worker that messages go through. */
export interface HashPort {
  postMessage(message: HashReply): void
  addEventListener(type: 'message', listener: (event: MessageEvent<HashRequest>) => void): void
}

const chunkSize = 1024 * 1024

/** Answers hash requests inside a worker; several files at a time, each reading its own stream. */
export function serveHashing(port: HashPort): void {
  const running = new Map<number, AbortController>()

  const hash = async ({ id, file, algorithm }: Extract<HashRequest, { kind: 'hash' }>): Promise<void> => {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const onProgress = (hashedBytes: number): void => port.postMessage({ kind: 'progress', id, hashedBytes })
      const hex = await hashFile(file, algorithm, { signal: controller.signal, chunkSize, onProgress })
      port.postMessage({ kind: 'done', id, hex })
    } catch (error) {
      // A canceled one's too: the page knows no such id any more.
      port.postMessage({ kind: 'failed', id, unreadable: isReadFailure(error), problem: problemOf(error) })
    } finally {
      running.delete(id)
    }
  }

  port.addEventListener('message', ({ data }) => {
    if (data.kind === 'cancel') running.get(data.id)?.abort()
    else void hash(data)
  })
  port.postMessage({ kind: 'ready' })
}
