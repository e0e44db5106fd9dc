/** A trouble made on purpose, as the dev server's `GET /api/services` lists them. */
export interface Trouble {
  readonly name: string
  readonly title: string
}

/** What the dev server tells the page about itself. */
export interface Services {
  /** The emulator's own page: buckets, objects, requests. */
  readonly emulator: string
  readonly bucket: string
  readonly troubles: readonly Trouble[]
}

function isTrouble(value: unknown): value is Trouble {
  return value instanceof Object && 'name' in value && typeof value.name === 'string' && 'title' in value && typeof value.title === 'string'
}

export async function fetchServices(signal: AbortSignal): Promise<Services> {
  const reply = await fetch('/api/services', { signal })
  const body: unknown = await reply.json()
  if (body instanceof Object && 'emulator' in body && 'bucket' in body && 'troubles' in body) {
    const { emulator, bucket, troubles } = body
    if (typeof emulator === 'string' && typeof bucket === 'string' && Array.isArray(troubles)) {
      return { emulator, bucket, troubles: troubles.filter(isTrouble) }
    }
  }
  throw new Error('The dev server answered /api/services with something else. Restart it with "npm start".')
}
