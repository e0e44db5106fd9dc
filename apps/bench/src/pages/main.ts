import type { Contender, Work } from './contender.ts'
import { warmUpBytes } from './warm-up-bytes.ts'
import { sampleBytes } from '@cosdrop/e2e/sample-bytes'
import type { StoreCost } from './store-cost.ts'

// One chunk each: no library pays for another's.
const contenders = {
  'bare XHR': async (): Promise<Contender> => (await import('./contenders/bare-xhr.ts')).bareXhr,
  Cosdrop: async (): Promise<Contender> => (await import('./contenders/cosdrop.ts')).cosdrop,
  Uppy: async (): Promise<Contender> => (await import('./contenders/uppy.ts')).uppy,
  'react-uploady': async (): Promise<Contender> => (await import('./contenders/uploady.ts')).uploady,
}
export type ContenderName = keyof typeof contenders

/** Files of the page's `<input>`, or so many made here, all with the same bytes. */
export type Source = 'input' | { readonly count: number; readonly bytes: number }

export interface BenchPage {
  /** Makes the files ready that the next `run` uses. */
  readonly prepare: (source: Source) => Promise<void>
  readonly warmUp: (name: ContenderName, work: Work) => Promise<void>
  /** Uploads all; resolves with the seconds that it took. */
  readonly run: (name: ContenderName, work: Work) => Promise<number>
  /** With so many of the files. */
  readonly storeCost: (name: 'Cosdrop' | 'Uppy', count: number) => Promise<StoreCost>
}

declare global {
  interface Window {
    bench: BenchPage
  }
}

let files: readonly File[] = []

function made(count: number, bytes: number): readonly File[] {
  const content = sampleBytes(bytes)
  return Array.from({ length: count }, (_, at) => new File([content], `file-${at}.bin`, { type: 'application/octet-stream', lastModified: at }))
}

window.bench = {
  async prepare(source) {
    if (source === 'input') files = [...(document.querySelector('input')?.files ?? [])]
    else files = made(source.count, source.bytes)
    // A Blob travels to the browser's process when it is first read: not during a run.
    for (const file of files) await file.slice(0, 1).arrayBuffer()
  },
  async warmUp(name, work) {
    const send = await contenders[name]()
    await send(made(12, warmUpBytes), work)
  },
  async run(name, work) {
    const send = await contenders[name]()
    const started = performance.now()
    await send(files, work)
    return (performance.now() - started) / 1000
  },
  async storeCost(name, count) {
    const { cosdropStoreCost, uppyStoreCost } = await import('./store-cost.ts')
    const some = files.slice(0, count)
    return name === 'Uppy' ? uppyStoreCost(some) : cosdropStoreCost(some)
  },
}
