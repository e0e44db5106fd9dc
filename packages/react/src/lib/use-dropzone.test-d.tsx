import type { ButtonHTMLAttributes, ReactNode } from 'react'
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

it('a button of a component library takes the props of a trigger', () => {
  // As MUI's, Mantine's and Chakra's are.
  interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'color'> {
    readonly color?: 'primary' | 'secondary' | undefined
  }
  const Button = (_props: ButtonProps): ReactNode => null
  const zone = ({ getTriggerProps }: Dropzone) => <Button {...getTriggerProps()} color="primary" />
  const plain = ({ getTriggerProps }: Dropzone) => <Button {...getTriggerProps()} />
  expectTypeOf(zone).toBeFunction()
  expectTypeOf(plain).toBeFunction()
})
