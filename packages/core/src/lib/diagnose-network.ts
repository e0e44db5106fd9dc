import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import type { PostForm } from './form/post-form.ts'
import { probeNetwork } from './probe/probe-network.ts'
import { brokenOnTheWay, withProbe } from './transport/explain-failure.ts'
import { isCosUploadError, type AnyUploadError } from './upload-error.ts'
import type { Probe } from './uploader-settings.ts'

/** Milliseconds that a probe may take. */
const probeTime = 5_000

/** The error of a request that ended without a reply, with what a probe finds; every other error as it is. */
export async function diagnoseNetwork(
  error: AnyUploadError,
  form: PostForm,
  { probe, clock, signal }: { readonly probe: Probe; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<AnyUploadError> {
  if ((error.code !== 'network' && error.code !== 'outcome-unknown') || error.details.probe !== null) return error
  const controller = new AbortController()
  const stop = clock.after(probeTime, () => controller.abort())
  try {
    const { action: url, landing } = form
    const found = await untilAborted(signal, untilAborted(controller.signal, probe({ url, landing, signal: controller.signal })))
    if (found !== null) return withProbe(form, error, found)
    // Ours was answered, unless the page is isolated and hears of nothing. One of the app's own may just not know.
    const answered = probe === probeNetwork && !globalThis.crossOriginIsolated && error.cause === undefined
    return answered && isCosUploadError(error, 'network') ? brokenOnTheWay(error) : error
  } catch {
    return error
  } finally {
    stop()
    controller.abort()
  }
}
