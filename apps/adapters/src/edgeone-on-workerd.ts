import { onRequest } from './edgeone.ts'
import type { Environment } from './environment.ts'

// EdgeOne's own runtime is not to be had from npm; another one without Node calls the function the way its documentation says.
export default {
  fetch: (request: Request, env: Environment): Promise<Response> => onRequest({ request, env }),
}
