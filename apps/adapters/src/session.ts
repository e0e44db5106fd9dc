import type { UploadUser } from '@cosdrop/server'

/** Stands for an app's own session: here whoever brings the right token. */
export function readSession(request: Request): UploadUser | null {
  return request.headers.get('Authorization') === 'Bearer ada' ? { id: 'ada' } : null
}
