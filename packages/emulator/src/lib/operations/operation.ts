import type { CosReply } from '../exchange/cos-reply.ts'
import type { Exchange } from '../exchange/exchange.ts'

/** One call of COS's API. Throws `CosError` to refuse. */
export interface Operation {
  /** Kebab-case, as the file is called: shown in the request log. */
  readonly name: string
  handle(exchange: Exchange): Promise<CosReply>
}
