import { startServices } from '@cosdrop/dev-server'
import type { TestProject } from 'vitest/node'
import { startEchoServices } from './lib/echo-services.ts'
import { temporaryFolder } from './lib/temporary-folder.ts'

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
