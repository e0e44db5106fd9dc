import { CosUploadError } from '../upload-error.ts'

/** For ways that show a reply only by where the browser lands. */
export function redirectRequired(way: string): CosUploadError<'form-invalid'> {
  const problem = `the ${way} way needs "success_action_redirect", since a native form post shows nothing of a reply but where it lands`
  const text = `The upload cannot be sent: ${problem}. Let the policy endpoint sign that field, or use the XHR way.`
  return new CosUploadError('form-invalid', text, { field: 'success_action_redirect', problem })
}
