import type { Progress, SettledItem, UploadResult } from '@cosdrop/core'
import { expectTypeOf, it } from 'vitest'
import type { UploadCallbacks } from './upload-callbacks.ts'

it('each callback knows what its item has, without asking for the status again', () => {
  const callbacks: UploadCallbacks = {
    onUploadStart: ({ attempt }) => expectTypeOf(attempt).toBeNumber(),
    onProgress: ({ progress }) => expectTypeOf(progress).toEqualTypeOf<Progress>(),
    onSuccess: (_result, { result }) => expectTypeOf(result).toEqualTypeOf<UploadResult>(),
    onError: (error, item) => expectTypeOf(item.error).toEqualTypeOf(error),
    onSettled: (items) => expectTypeOf(items).toEqualTypeOf<readonly SettledItem[]>(),
  }
  expectTypeOf(callbacks).toBeObject()
})
