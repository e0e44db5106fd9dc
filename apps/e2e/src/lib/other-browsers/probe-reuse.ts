import { signedForms } from './signed-forms.ts'

export interface ReuseProbe {
  readonly policyUrl: string
  readonly size: number
  readonly times: number
  /** Where the next request begins: in a task of its own, or in a microtask of `loadend`. */
  readonly next: 'task' | 'microtask'
}

export interface ProbedRound {
  /** `readyState` before `open`: 4 is DONE. */
  readonly state: number
  status: number
  requestId: string | null
  /** Whether `getAllResponseHeaders` tells the same request id. */
  allHeaders: boolean
  /** Whether there was upload progress with `loaded === total`. */
  whole: boolean
  uploadLoads: number
  loads: number
  loadends: number
  /** Errors, aborts and timeouts. */
  failures: number
}

function newRound(state: number): ProbedRound {
  return { state, status: -1, requestId: null, allHeaders: false, whole: false, uploadLoads: 0, loads: 0, loadends: 0, failures: 0 }
}

/** One request after the other on one `XMLHttpRequest` whose listeners, of both kinds, were set once. */
export async function probeReuse({ policyUrl, size, times, next }: ReuseProbe): Promise<readonly ProbedRound[]> {
  const forms = await signedForms(
    policyUrl,
    Array.from({ length: times }, () => size),
  )
  const xhr = new XMLHttpRequest()
  const rounds: ProbedRound[] = []
  let round = newRound(xhr.readyState)
  await new Promise<void>((resolve) => {
    const send = (): void => {
      const form = forms[rounds.length]
      if (form === undefined) return resolve()
      round = newRound(xhr.readyState)
      rounds.push(round)
      xhr.open('POST', form.url)
      xhr.send(form.body)
    }
    xhr.upload.onprogress = ({ loaded, total }) => {
      round.whole ||= loaded === total
    }
    xhr.upload.addEventListener('load', () => round.uploadLoads++)
    xhr.addEventListener('load', () => round.loads++)
    for (const type of ['error', 'abort', 'timeout']) xhr.addEventListener(type, () => round.failures++)
    xhr.onloadend = () => {
      round.loadends++
      round.status = xhr.status
      round.requestId = xhr.getResponseHeader('x-cos-request-id')
      round.allHeaders = xhr.getAllResponseHeaders().includes(`x-cos-request-id: ${round.requestId}`)
      if (next === 'microtask') queueMicrotask(send)
      else setTimeout(send)
    }
    send()
  })
  return rounds
}
