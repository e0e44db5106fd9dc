import type { Credentials } from '@cosdrop/server'
import { CommandError } from '../command-error.ts'
import type { Messages } from '../messages/messages.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Ours, then those of Tencent's Go SDK, then those of its command-line tools. */
const NAMES = [
  { id: 'COS_SECRET_ID', key: 'COS_SECRET_KEY', token: 'COS_TOKEN' },
  { id: 'COS_SECRETID', key: 'COS_SECRETKEY', token: 'COS_SESSION_TOKEN' },
  { id: 'TENCENTCLOUD_SECRET_ID', key: 'TENCENTCLOUD_SECRET_KEY', token: 'TENCENTCLOUD_TOKEN' },
] as const

/** All values of the environment that must never be shown. */
export function secretsOf(env: Environment): readonly string[] {
  return NAMES.flatMap(({ key, token }) => [env[key] ?? '', env[token] ?? '']).filter((secret) => secret !== '')
}

/**
 * The key pair of the environment; `null` when there is none.
 * @throws {CommandError} when only one half of it is there
 */
export function findCredentials(env: Environment, givenId: string | undefined, { failures }: Messages): Credentials | null {
  const names = NAMES.find(({ id, key }) => (env[id] ?? '') !== '' || (env[key] ?? '') !== '')
  if (names === undefined && givenId === undefined) return null
  const { id, key, token } = names ?? NAMES[0]
  const secretId = givenId ?? env[id] ?? ''
  const secretKey = env[key] ?? ''
  const sessionToken = env[token] ?? ''
  const missing = secretId === '' ? id : secretKey === '' ? key : null
  if (missing !== null) throw new CommandError('failure', 'credentials-incomplete', failures.halfCredentials({ missing }))
  return { secretId, secretKey, ...(sessionToken !== '' && { token: sessionToken }) }
}

/** @throws {CommandError} when there is none */
export function needCredentials(env: Environment, givenId: string | undefined, messages: Messages): Credentials {
  const credentials = findCredentials(env, givenId, messages)
  if (credentials === null) throw new CommandError('failure', 'credentials-missing', messages.failures.noCredentials)
  return credentials
}
