import type { EnginePorts, UploadEngine } from './upload-engine.ts'
import { CosUploadError } from './upload-error.ts'
import type { UploadJob } from './upload-job.ts'

/** The sending part, once it is there. */
export interface EngineLoader {
  readonly loaded: () => UploadEngine | null
  /** Loads it for a file that needs it; `null` when that fails, and then the file has failed too. */
  readonly loadFor: (job: UploadJob, signal: AbortSignal) => Promise<UploadEngine | null>
}

export function createEngineLoader(ports: EnginePorts): EngineLoader {
  const { store, settle } = ports
  let engine: UploadEngine | null = null
  let loading: Promise<UploadEngine> | null = null

  const load = async (): Promise<UploadEngine> => {
    const { createUploadEngine } = await import('./upload-engine.ts')
    engine = createUploadEngine(ports)
    return engine
  }

  return {
    loaded: () => engine,
    async loadFor(job, signal) {
      try {
        return await (loading ??= load())
      } catch (cause) {
        // The next file may have more luck.
        loading = null
        if (signal.aborted) return null
        const text =
          'A part of this page’s code could not be loaded, so nothing was sent. Check the network; after a new version was deployed, reload the page.'
        const error = new CosUploadError('network', text, { probe: null, url: '' }, { cause })
        const item = store.change(job.id, { type: 'fail', attempt: 0, error })
        if (item !== undefined) store.emit({ type: 'upload-failed', item, error })
        settle(job)
        return null
      }
    },
  }
}
