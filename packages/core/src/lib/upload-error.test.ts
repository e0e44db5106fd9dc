import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { CosUploadError, isCosUploadError } from './upload-error.ts'

test('an error of another realm is known, as its docstring says', () => {
  const error: unknown = runInNewContext(
    `Object.assign(new Error('x'), { name: 'CosUploadError', code: 'network', details: { probe: null, url: '' } })`,
  )
  expect(isCosUploadError(error)).toBe(true)
  expect(isCosUploadError(new CosUploadError('aborted', '', { reason: null }), 'aborted')).toBe(true)
})
