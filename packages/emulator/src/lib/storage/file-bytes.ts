import { close, openSync, read } from 'node:fs'
import { promisify } from 'node:util'
import type { ByteSource } from '../exchange/cos-request.ts'

const readFile = promisify(read)
const closeFile = promisify(close)
const CHUNK_BYTES = 262_144

/**
 * Part of a file. The file is opened at once, so that an overwritten object can still be read to its end; whoever does not read to the
 * end calls `return`.
 */
export function readFileBytes(path: string, start: number, end: number): ByteSource {
  const file = openSync(path, 'r')
  let position = start
  let isOpen = true
  const finish = async (): Promise<IteratorReturnResult<undefined>> => {
    if (isOpen) {
      isOpen = false
      await closeFile(file)
    }
    return { done: true, value: undefined }
  }
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      if (!isOpen || position >= end) return finish()
      const length = Math.min(CHUNK_BYTES, end - position)
      const { bytesRead, buffer } = await readFile(file, Buffer.allocUnsafe(length), 0, length, position)
      if (bytesRead === 0) {
        await finish()
        throw new Error(`${path} is shorter than its record says.`)
      }
      position += bytesRead
      return { done: false, value: buffer.subarray(0, bytesRead) }
    },
    return: finish,
  }
  return { [Symbol.asyncIterator]: () => iterator }
}
