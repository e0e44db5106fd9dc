import { startServices } from '@cosdrop/dev-server'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A running local COS with the dev server's buckets, `http://127.0.0.1:PORT`. */
    cosUrl: string
    /** A policy endpoint for it, open to every origin; `?trouble=NAME` as in the dev server. */
    policyUrl: string
  }
}

/** For tests inside the browser: the same services as `npm start`, on ports of the system's choice. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startServices({ port: 0, policyPort: 0 })
  project.provide('cosUrl', services.cosUrl)
  project.provide('policyUrl', services.policyUrl ?? '')
  return () => services.close()
}
