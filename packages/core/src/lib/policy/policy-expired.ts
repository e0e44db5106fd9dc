import { CosUploadError } from '../upload-error.ts'

export function policyExpired(expiresAt: string | null, cause?: unknown): CosUploadError<'policy-expired'> {
  const text = 'The policy had run out, and so had a new one. Check the clock of the server that signs, and let policies live 15 minutes.'
  return new CosUploadError('policy-expired', text, { expiresAt }, { cause })
}
