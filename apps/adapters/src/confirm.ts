import { createConfirmHandler, createPolicyHandler, memoryStore, type ConfirmedObject, type Handler } from '@cosdrop/server'
import { bucketOf, type Environment } from './environment.ts'
import { readSession } from './session.ts'

/** Stands for an app's own table of files. */
export type SaveFile = (file: ConfirmedObject & { readonly owner: string; readonly eventId: string }) => Promise<void>

/** The two endpoints of an app that wants to know what was stored. */
export function endpointsOf(env: Environment, saveFile: SaveFile): { readonly policy: Handler; readonly confirm: Handler } {
  const shared = {
    ...bucketOf(env),
    authorize: (request: Request) => readSession(request),
    // For one process. Several servers share redisStore(client) of @cosdrop/server/redis.
    store: memoryStore(),
  }
  return {
    policy: createPolicyHandler(shared),
    confirm: createConfirmHandler({
      ...shared,
      onUploaded: (object, user, { eventId }) => saveFile({ ...object, owner: user.id, eventId }),
    }),
  }
}
