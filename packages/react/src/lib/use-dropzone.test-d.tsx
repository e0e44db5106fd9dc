import { expectTypeOf, it } from 'vitest'
import type { Dropzone } from './use-dropzone.ts'

it("the app's handlers know the element that they are on", () => {
  const zone = ({ getRootProps, getItemProps }: Dropzone) => (
    <form {...getRootProps({ onSubmit: ({ currentTarget }) => expectTypeOf(new FormData(currentTarget)).toEqualTypeOf<FormData>() })}>
      <li {...getItemProps('id', { onClick: ({ currentTarget }) => expectTypeOf(currentTarget.value).toBeNumber() })} />
    </form>
  )
  expectTypeOf(zone).toBeFunction()
})
