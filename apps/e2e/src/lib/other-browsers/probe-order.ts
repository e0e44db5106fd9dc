import { signedForms } from './signed-forms.ts'

export interface OrderProbe {
  readonly policyUrl: string
  readonly sizes: readonly number[]
}

export interface ProbedOrder {
  readonly size: number
  /** What was fired, in order; the same again and again stands there once. `part` and `whole` tell `loaded` from `loaded === total`. */
  readonly events: readonly string[]
}

/** One request for each size, each on an `XMLHttpRequest` of its own. */
export async function probeOrder({ policyUrl, sizes }: OrderProbe): Promise<readonly ProbedOrder[]> {
  const probed: ProbedOrder[] = []
  for (const { url, size, body } of await signedForms(policyUrl, sizes)) {
    const events: string[] = []
    const note = (what: string): void => {
      if (events.at(-1) !== what) events.push(what)
    }
    await new Promise<void>((resolve) => {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', url)
      for (const type of ['progress', 'load', 'loadend', 'error', 'abort'] as const) {
        xhr.upload.addEventListener(type, ({ loaded, total }) => note(`upload ${type}, ${loaded < total ? 'part' : 'whole'}`))
      }
      for (const type of ['load', 'error', 'abort'] as const) xhr.addEventListener(type, () => note(`${type} ${xhr.status}`))
      xhr.addEventListener('loadend', () => resolve())
      xhr.send(body)
    })
    probed.push({ size, events })
  }
  return probed
}
