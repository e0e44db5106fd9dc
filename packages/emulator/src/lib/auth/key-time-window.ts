import { parseKeyTime } from '@cosdrop/protocol'
import { CosError } from '../errors/cos-error.ts'

/** COS tolerates a clock that is off by 15 minutes (facts §5, RequestTimeTooSkewed). */
const SKEW_SECONDS = 900

/**
 * Whether now lies in a key time. @param name the field or parameter, for the text
 * @throws {CosError} InvalidArgument, AccessDenied ("Request has expired"), RequestTimeTooSkewed
 */
export function checkKeyTime(name: string, keyTime: string, now: number): void {
  const window = parseKeyTime(keyTime)
  const condition = `${name} is "<start>;<end>", two Unix times in seconds, and now lies between them.`
  if (window === null) {
    throw new CosError('InvalidArgument', {
      message: `${name} value invalid:${keyTime}`,
      explanation: { condition, value: keyTime, fix: 'Write two whole numbers of seconds, the start first.' },
    })
  }
  const seconds = Math.floor(now / 1000)
  const explanation = { condition, value: `${keyTime}, and now is ${seconds}`, fix: 'Sign again, and check the clock of the machine that signs.' }
  if (seconds > window.end) throw new CosError('AccessDenied', { message: 'Request has expired', explanation })
  if (seconds < window.start - SKEW_SECONDS) throw new CosError('RequestTimeTooSkewed', { explanation })
}
