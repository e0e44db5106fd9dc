import { readErrorXml } from '@cosdrop/protocol'

/** What COS said when it did not do what it was asked. https://cloud.tencent.com/document/product/436/7730 */
export interface ServiceRefusal {
  readonly status: number
  /** `null` when the answer was no error document: something else than COS may have answered. */
  readonly code: string | null
  readonly message: string | null
  readonly requestId: string | null
}

/** COS says who it is with every answer: by an error document, or by a request id. */
export function isOfCos({ code, requestId }: ServiceRefusal): boolean {
  return code !== null || requestId !== null
}

export function readRefusal(status: number, body: string, header: (name: string) => string | null): ServiceRefusal {
  const error = readErrorXml(body)
  return {
    status,
    code: error?.code || null,
    message: error?.message || null,
    requestId: error?.requestId || header('x-cos-request-id'),
  }
}
