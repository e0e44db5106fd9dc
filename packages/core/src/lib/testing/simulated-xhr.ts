import { vi } from 'vitest'
import { createPostForm, type PostForm } from '../form/post-form.ts'
import type { TransportOptions } from '../transport/transport.ts'

export interface SimulatedXhr {
  upload: { onprogress?: (event: object) => void }
  status: number
  onloadend: (event: { readonly timeStamp: number }) => void
  getAllResponseHeaders: () => string
  readonly abort: () => void
}

/** A browser in which that happens as a form is sent. Taken back by `vi.unstubAllGlobals()`. */
export function stubXhr(send: (xhr: SimulatedXhr) => void): void {
  class Simulated implements SimulatedXhr {
    readonly upload = {}
    status = 0
    readonly responseText = ''
    readonly responseURL = ''
    onloadend: SimulatedXhr['onloadend'] = () => {}
    open(): void {}
    abort(): void {
      this.status = 0
      this.onloadend({ timeStamp: 0 })
      this.onloadend = () => {}
    }
    getAllResponseHeaders = (): string => ''
    send(): void {
      send(this)
    }
  }
  vi.stubGlobal('XMLHttpRequest', Simulated)
}

/** A form with a file that is said to have so many bytes. */
export function ofSize(size: number, action = 'http://a.example/'): PostForm {
  const file = Object.defineProperty(new Blob(size > 0 ? ['a'] : []), 'size', { value: size })
  return createPostForm({ action, fields: [['key', 'a']], file, filename: 'a' })
}

export const ignore: TransportOptions = { signal: new AbortController().signal, onProgress: () => {} }
