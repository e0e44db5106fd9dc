import type { Connectivity } from '../connectivity.ts'
import { createUploader } from '../create-uploader.ts'
import type { UploadItem } from '../upload-item.ts'
import type { Uploader, UploaderOptions } from '../uploader.ts'
import type { UploaderEvent } from '../uploader-events.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { createScriptedPolicySource, type ScriptedPolicyOptions, type ScriptedPolicySource } from './scripted-policy-source.ts'
import { createScriptedTransport, type ScriptedRequest, type ScriptedTransport } from './scripted-transport.ts'

export interface UploaderFixture {
  readonly uploader: Uploader
  readonly clock: ManualClock
  readonly storage: ScriptedTransport
  readonly policy: ScriptedPolicySource
  readonly events: UploaderEvent[]
  /** The device's network. */
  readonly network: { readonly goOffline: () => void; readonly goOnline: () => void; readonly listeners: () => number }
  readonly connectivity: Connectivity
  /** All items in the order of the list. */
  readonly items: () => UploadItem[]
  readonly statuses: () => string[]
  /** The types of the events so far. */
  readonly told: () => string[]
  /** Lets everything run that waits for promises alone. */
  readonly run: () => Promise<void>
}

/** One uploader with a clock, a storage, a policy endpoint and a network that the test moves. Waits are half of their longest. */
export function createUploaderFixture(
  options: Partial<UploaderOptions> = {},
  { answer, ...policyOptions }: Partial<Omit<ScriptedPolicyOptions, 'clock'>> & { readonly answer?: (request: ScriptedRequest) => void } = {},
): UploaderFixture {
  const clock = createManualClock()
  const storage = createScriptedTransport(answer)
  const policy = createScriptedPolicySource({ clock, ...policyOptions })
  const listeners = new Set<() => void>()
  let online = true
  const connectivity = {
    online: () => online,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const uploader = createUploader({
    policy: policy.source,
    transport: storage.transport,
    clock,
    connectivity,
    integrity: 'off',
    // What asks about a file in doubt does without, where it must.
    ...((options.integrity ?? 'off') === 'off' && { hasher: () => Promise.reject(new Error('Nothing is hashed here.')) }),
    random: () => 0.5,
    ...options,
  })
  const events: UploaderEvent[] = []
  uploader.onEvent((event) => void events.push(event))
  const tell = (now: boolean): void => {
    online = now
    for (const listener of listeners) listener()
  }
  const items = (): UploadItem[] => [...uploader.getSnapshot().items]
  return {
    uploader,
    clock,
    storage,
    policy,
    events,
    connectivity,
    network: { goOffline: () => tell(false), goOnline: () => tell(true), listeners: () => listeners.size },
    items,
    statuses: () => items().map(({ status }) => status),
    told: () => events.map(({ type }) => type),
    run: () => clock.advance(0),
  }
}

/** Files with the names given, of so many bytes. */
export function files(names: readonly string[], size = 10): File[] {
  return names.map((name) => new File([new Uint8Array(size)], name))
}

export function numbered(count: number, size = 10): File[] {
  return files(
    Array.from({ length: count }, (_, index) => `${index}.bin`),
    size,
  )
}
