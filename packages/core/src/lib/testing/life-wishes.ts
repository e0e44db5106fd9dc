import type { Uploader } from '../uploader.ts'
import type { Disk } from './recovery-disk.ts'

/** What people want to be uploaded, and what of that a reload is to find. */
export interface LifeWishes {
  readonly want: (id: string) => void
  /** It was canceled, or taken out. */
  readonly unwant: (id: string) => void
  /** All is written. Returns what is not kept, and what is kept in vain. */
  readonly complainOfDisk: (uploader: Uploader, disk: Disk) => readonly string[]
  /** Those that may not come back. */
  readonly gone: () => ReadonlySet<string>
  /** Those that are to come back. */
  readonly kept: () => readonly string[]
}

export function createLifeWishes(): LifeWishes {
  const wanted = new Set<string>()
  const unwanted = new Set<string>()
  /** As the disk has had the time to know it. */
  const known = new Set<string>()
  const change = (id: string, from: Set<string>, to: Set<string>): void => {
    if (from.delete(id)) known.delete(id)
    to.add(id)
  }
  return {
    want: (id) => change(id, unwanted, wanted),
    unwant: (id) => wanted.has(id) && change(id, wanted, unwanted),
    complainOfDisk(uploader, disk) {
      const here = [...wanted].filter((id) => uploader.getItem(id))
      for (const id of [...here, ...unwanted]) known.add(id)
      const lacking = here.filter((id) => !disk.items.has(id)).map((id) => `${id} is not kept`)
      return [...lacking, ...[...unwanted].filter((id) => disk.items.has(id)).map((id) => `${id} is still kept`)]
    },
    gone: () => new Set([...unwanted].filter((id) => known.has(id))),
    kept: () => [...wanted].filter((id) => known.has(id)),
  }
}
