import { MemoryStorage, type BlobWriter } from '@cosdrop/emulator'

/** Knows size and hashes of every object, as any storage does, and keeps no bytes: for files that no test should hold in memory. */
export class ForgetfulStorage extends MemoryStorage {
  override createBlob(): Promise<BlobWriter> {
    return Promise.resolve({
      write: () => undefined,
      finish: () => Promise.resolve('forgotten'),
      async *read() {},
      abort: () => Promise.resolve(),
    })
  }
}
