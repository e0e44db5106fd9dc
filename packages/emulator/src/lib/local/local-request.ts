import type { CosRequest } from '../exchange/cos-request.ts'

const LOOPBACK_HOST = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * Whether a request comes from this machine and says so: a page of the internet can make a browser call 127.0.0.1 under its own name
 * (DNS rebinding), and the Host header gives it away.
 */
export function isFromThisMachine({ remote, host }: Pick<CosRequest, 'remote' | 'host'>): boolean {
  return remote === 'in-process' || (remote === 'loopback' && LOOPBACK_HOST.test(host))
}

/** Whether an Origin is one of this machine's own: pages of a developer's own servers. */
export function isLocalOrigin(origin: string): boolean {
  return /^https?:\/\//.test(origin) && LOOPBACK_HOST.test(origin.replace(/^https?:\/\//, ''))
}
