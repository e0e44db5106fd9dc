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

/** A line end of Windows in an environment file becomes part of the value. */
function valueOf(env: Environment, name: string): string {
  return env[name]?.trim() ?? ''
}

/** The values of the environment that no output of any command has a use for. */
export function secretKeysOf(env: Environment): readonly string[] {
  return NAMES.map(({ key }) => valueOf(env, key))
}

/** Session tokens: part of each form that is signed with temporary credentials. */
export function tokensOf(env: Environment): readonly string[] {
  return NAMES.map(({ token }) => valueOf(env, token))
}

/** What opens a door among the arguments: the words of `--header`, and the query of `--policy`, or the name and password in it. */
export function secretsOfArguments(args: readonly string[]): readonly string[] {
  const given = (option: string): readonly string[] =>
    args.flatMap((argument, index) =>
      argument === option ? (args[index + 1] ?? []) : argument.startsWith(`${option}=`) ? argument.slice(option.length + 1) : [],
    )
  const words = given('--header').flatMap((header) => header.replace(/^[^=:]*[=:]/, '').split(/\s+/))
  const parts = given('--policy').flatMap((url) => [/\/\/([^/?#]*)@/.exec(url)?.[1], /\?([^#]*)/.exec(url)?.[1]].filter((part) => part !== undefined))
  return [...words, ...parts]
}

/**
 * The key pair of the environment; `null` when there is none.
 * @throws {CommandError} when only one half of it is there
 */
export function findCredentials(env: Environment, givenId: string | undefined, { failures }: Messages): Credentials | null {
  const names = NAMES.find(({ id, key }) => valueOf(env, id) !== '' || valueOf(env, key) !== '')
  if (names === undefined && givenId === undefined) return null
  const { id, key, token } = names ?? NAMES[0]
  const secretId = givenId?.trim() ?? valueOf(env, id)
  const secretKey = valueOf(env, key)
  const sessionToken = valueOf(env, token)
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
