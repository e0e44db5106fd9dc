'use client'
import type { Uploader } from '@cosdrop/core'
import { createContext, useContext, type Provider } from 'react'

const UploaderContext = createContext<Uploader | null>(null)

/** Hands an uploader to the hooks below it: `<UploaderProvider value={uploader}>`. */
export const UploaderProvider: Provider<Uploader | null> = UploaderContext.Provider

/**
 * The uploader of the nearest `UploaderProvider`, or the one that was given.
 * @throws Error when there is neither.
 */
export function useUploaderContext(given?: Uploader): Uploader {
  const provided = useContext(UploaderContext)
  const uploader = given ?? provided
  if (!uploader) throw new Error('No uploader: give the hook or UploaderProvider one.')
  return uploader
}
