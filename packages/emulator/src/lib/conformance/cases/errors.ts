import { ERRORS, ERROR_CODES } from '../../errors/error-table.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { signedCall } from '../signed-call.ts'

/** Every error of the table, made on purpose: its status, its code, its message, and no body on HEAD. */
export const errorCases: readonly ConformanceCase[] = ERROR_CODES.filter((code) => code !== 'NotModified').map((code) => {
  const [status, message] = ERRORS[code]
  return {
    name: `${status} ${code} can be had by a fault`,
    config: demoWith({}, { faults: [{ kind: 'error', code }] }),
    steps: [
      { request: postedForm(), expect: { status, code, message } },
      { request: signedCall({ method: 'HEAD' }), expect: { status, code, body: '' } },
    ],
    keys: [],
  }
})
