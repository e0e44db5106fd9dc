import { untilAborted } from './abort.ts'
import type { Clock } from './clock.ts'
import { CosUploadError, type AnyUploadError } from './upload-error.ts'
import type { Probe } from './uploader-settings.ts'

/** Milliseconds that a probe may take. */
const probeTime = 5_000

/** The error of a request that ended without a reply, with what a probe finds; every other error as it is. */
export async function diagnoseNetwork(
  error: AnyUploadError,
  {
    probe,
    clock,
    url,
    landing,
    signal,
  }: { readonly probe: Probe; readonly clock: Clock; readonly url: string; readonly landing: string | null; readonly signal: AbortSignal },
): Promise<AnyUploadError> {
  if ((error.code !== 'network' && error.code !== 'outcome-unknown') || error.details.probe !== null) return error
  const controller = new AbortController()
  const stop = clock.after(probeTime, () => controller.abort())
  try {
    const found = await untilAborted(signal, untilAborted(controller.signal, probe({ url, landing, signal: controller.signal })))
    if (found === null) return error
    const { message, cause } = error
    return error.code === 'network'
      ? new CosUploadError('network', message, { ...error.details, probe: found }, { cause })
      : new CosUploadError('outcome-unknown', message, { ...error.details, probe: found }, { cause })
  } catch {
    return error
  } finally {
    stop()
    controller.abort()
  }
}
