'use client'
import type { ReactElement } from 'react'
import { LeavingButton, type LeavingButtonProps } from './leaving-button.tsx'

interface IconButtonProps extends Omit<LeavingButtonProps, 'look'> {
  /** Its name, and its tooltip. */
  readonly label: string
}

export function IconButton({ label, ...props }: IconButtonProps): ReactElement {
  return <LeavingButton title={label} aria-label={label} {...props} look="cd-icon-button" />
}
