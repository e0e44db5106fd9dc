import { CosError } from '../errors/cos-error.ts'

export function malformedXml(condition: string, value: string | null, fix: string, cause?: unknown): CosError {
  return new CosError('MalformedXML', { explanation: { condition, value, fix }, ...(cause !== undefined && { cause }) })
}
