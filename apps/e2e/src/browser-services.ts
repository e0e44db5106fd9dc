import { startServices } from '@cosdrop/dev-server'
import type { TestProject } from 'vitest/node'
import { startEchoServices } from './lib/echo-services.ts'
import { temporaryFolder } from './lib/temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A running local COS with the dev server's buckets, `http://127.0.0.1:PORT`. */
    cosUrl: string
    /** A policy endpoint for it, open to every origin; `?trouble=NAME` as in the dev server. */
    policyUrl: string
    /** A server that breaks as it is told. */
    echoUrl: string
    /** A landing page of another origin. */
    landingUrl: string
    /** A real folder on the disk, to be dropped. */
    dropFolder: string
  }
}

/** For tests inside the browser: the same services as `npm start`, on ports of the system's choice. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const services = await startServices({ port: 0, policyPort: 0 })
  project.provide('cosUrl', services.cosUrl)
  project.provide('policyUrl', services.policyUrl ?? '')

  const echo = await startEchoServices()
  project.provide('echoUrl', echo.echoUrl)
  project.provide('landingUrl', echo.landingUrl)
  const folder = temporaryFolder()
  project.provide('dropFolder', folder.path)
  return async () => {
    folder.remove()
    await Promise.all([services.close(), echo.close()])
  }
}
