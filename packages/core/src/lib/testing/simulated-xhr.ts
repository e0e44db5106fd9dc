import { vi } from 'vitest'

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
