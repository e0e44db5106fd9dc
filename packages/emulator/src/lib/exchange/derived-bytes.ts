import type { ByteSource } from './cos-request.ts'

/** What a generator makes of a source; whoever ends the reading early lets go of the source as well. */
export function derivedBytes(
  source: ByteSource | Uint8Array,
  derive: (chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[]) => AsyncGenerator<Uint8Array, void, undefined>,
): ByteSource {
  if (ArrayBuffer.isView(source)) return derive([source])
  const iterator = source[Symbol.asyncIterator]()
  const derived = derive({ [Symbol.asyncIterator]: () => iterator })
  const bytes: AsyncIterator<Uint8Array, void, undefined> = {
    next: () => derived.next(),
    async return() {
      const end = await derived.return()
      // Of a generator that nobody has begun to read `return` touches nothing, and the file would stay open.
      await iterator.return?.()
      return end
    },
  }
  return { [Symbol.asyncIterator]: () => bytes }
}
