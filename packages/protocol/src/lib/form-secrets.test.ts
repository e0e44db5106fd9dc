import { expect, test } from 'vitest'
import { formSecrets } from './form-secrets.ts'

test('signature, policy, token and customer key are secrets, whatever the case of their names; what is empty is none', () => {
  const fields = [
    ['key', 'a.txt'],
    ['Policy', 'eyJ9'],
    ['q-ak', 'AKID'],
    ['q-signature', 'abc'],
    ['X-COS-Security-Token', 'token'],
    ['x-cos-server-side-encryption-customer-key', ''],
  ] as const
  expect(formSecrets(fields)).toEqual(['eyJ9', 'abc', 'token'])
})
