'use client'
import type { FileRejection, ObjectEncryption, Restrictions } from '@cosdrop/core'
import type { Dropzone } from '@cosdrop/react'
import { createContext, useContext, type Context } from 'react'
import { ofRoot } from './widget-context.ts'

/** What changes while files are dragged, and what only the drop zone shows. */
export interface DropzoneState {
  readonly dropzone: Dropzone
  readonly restrictions: Restrictions
  readonly encryption: ObjectEncryption | null
  readonly disabled: boolean | undefined
  /** What was dropped and cannot be opened, until dismissed. */
  readonly unreadable: readonly FileRejection[]
  /** The last drop was of nothing but empty folders. */
  readonly foundNothing: boolean
  /** Takes back what is told of either. */
  readonly dismissUnreadable: () => void
}

export const DropzoneContext: Context<DropzoneState | null> = createContext<DropzoneState | null>(null)

/** @throws Error outside of `CosUpload.Root`. */
export function useDropzoneState(): DropzoneState {
  return ofRoot(useContext(DropzoneContext))
}
