const controllers = new WeakMap<AbortSignal, UploadController>()

/**
 * An upload's own. Whatever runs for the upload takes its signal; the request on its way is called directly. With a listener for each request,
 * added and removed, a thousand small files take half a percent longer.
 */
export class UploadController extends AbortController {
  stop: (() => void) | null = null

  constructor() {
    super()
    controllers.set(this.signal, this)
  }

  override abort(reason?: unknown): void {
    super.abort(reason)
    this.stop?.()
    this.stop = null
  }
}

/** Has `stop` called when the signal is aborted, whoever's it is. */
export function stopWith(signal: AbortSignal, stop: () => void): void {
  const controller = controllers.get(signal)
  if (controller && !controller.stop) controller.stop = stop
  else signal.addEventListener('abort', stop)
}

/** Takes that back. */
export function goOnWithout(signal: AbortSignal, stop: () => void): void {
  const controller = controllers.get(signal)
  if (controller?.stop === stop) controller.stop = null
  else signal.removeEventListener('abort', stop)
}
