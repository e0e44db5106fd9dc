import { bytesOfBase64, formField } from '@cosdrop/protocol'
import { parseAuthorization, readAuthorization, requestSignature, timingSafeEqual, type AuthorizationParameters } from '@cosdrop/protocol/signature'
import { CosError } from '../errors/cos-error.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { anonymous, type Caller } from './caller.ts'
import { checkKeyTime } from './key-time-window.ts'

interface GivenSignature {
  readonly parameters: AuthorizationParameters
  readonly token: string | null
}

function unreadable(where: string): CosError {
  return new CosError('InvalidArgument', {
    message: 'The Authorization you specified is invalid.',
    explanation: {
      condition: `${where} holds q-sign-algorithm=sha1, q-ak, q-sign-time, q-key-time, q-header-list, q-url-param-list and q-signature.`,
      value: null,
      fix: 'Write all seven parameters, joined by &.',
    },
  })
}

/** Some SDKs send the header percent-encoded or as Base64; COS's documented form is plain. */
function fromHeader(header: string): AuthorizationParameters {
  const parameters = parseAuthorization(header)
  if (parameters === null) throw unreadable('The Authorization header')
  return parameters
}

function fromQuery(exchange: Exchange): AuthorizationParameters | null {
  const packed = exchange.param('sign')
  if (packed !== null) {
    const parameters = parseAuthorization(packed) ?? parseAuthorization(textOfBase64(packed))
    if (parameters === null) throw unreadable('The query parameter sign')
    return parameters
  }
  if (exchange.param('q-signature') === null && exchange.param('q-ak') === null) return null
  const parameters = readAuthorization((name) => exchange.param(name))
  if (parameters === null) throw unreadable('The query')
  return parameters
}

function textOfBase64(text: string): string {
  const bytes = bytesOfBase64(text)
  return bytes === null ? '' : new TextDecoder().decode(bytes)
}

// What the fourth and the second edition of S3's signatures have in a presigned URL, and as a field of a presigned form.
const S3_SIGNERS = ['X-Amz-Signature', 'AWSAccessKeyId'] as const

/** COS takes S3's signatures as well. Called unreadable, they would send people to look for a mistake in their keys. @throws {CosError} NotImplemented */
export function refuseS3(get: (name: string) => string | null, header: string | null = null): void {
  if (header?.startsWith('AWS') !== true && S3_SIGNERS.every((name) => get(name) === null)) return
  throw new CosError('NotImplemented', {
    message: 'The emulator does not know the signatures of S3, only those of COS.',
    explanation: { condition: "The request has COS's own signature.", value: 'a signature of S3', fix: "Use one of COS's own SDKs." },
  })
}

function givenSignature(exchange: Exchange): GivenSignature | null {
  const header = exchange.header('authorization')
  refuseS3((name) => exchange.param(name), header)
  const parameters = header === null || header === '' ? fromQuery(exchange) : fromHeader(header)
  if (parameters === null) return null
  return { parameters, token: exchange.header('x-cos-security-token') ?? exchange.param('x-cos-security-token') }
}

function signedHeaders(exchange: Exchange): (readonly [string, string])[] {
  const headers = [...exchange.request.headers].filter(([name]) => name !== 'host')
  return [...headers, ['host', exchange.request.host]]
}

function hideSecret([name, value]: readonly [string, string]): readonly [string, string] {
  return [name, formField(name)?.secret === true ? 'hidden' : value]
}

/**
 * Who sent the request, by the standard signature in the Authorization header or in the query (a presigned URL). The signature covers
 * exactly the headers and parameters that it lists. https://cloud.tencent.com/document/product/436/7778
 * @throws {CosError} SignatureDoesNotMatch, AccessDenied, InvalidAccessKeyId, ExpiredToken, RequestTimeTooSkewed
 */
export function authenticate(exchange: Exchange): Caller {
  const given = givenSignature(exchange)
  if (given === null) return anonymous
  const { parameters, token } = given
  const secretKey = exchange.service.credentials.secretKeyOf(parameters.secretId, token, exchange.now())
  checkKeyTime('q-sign-time', parameters.signTime, exchange.now())
  checkKeyTime('q-key-time', parameters.keyTime, exchange.now())
  const { keyTime, urlParamList, headerList } = parameters
  const signed = { secretKey, keyTime, method: exchange.request.method, path: exchange.address.path, urlParamList, headerList }
  const expected = requestSignature({ ...signed, params: exchange.address.params, headers: signedHeaders(exchange) })
  if (!timingSafeEqual(expected.signature, parameters.signature)) {
    const shown = requestSignature({ ...signed, params: exchange.address.params.map(hideSecret), headers: signedHeaders(exchange).map(hideSecret) })
    throw new CosError('SignatureDoesNotMatch', {
      // Both were seen in a thread on GitHub (facts §5).
      extra: { StringToSign: expected.stringToSign, FormatString: shown.httpString },
      explanation: {
        condition: 'q-signature is the signature of this request by the SecretKey of q-ak.',
        value: 'another signature',
        fix: 'Compare FormatString and StringToSign in the reply with what the client signed: method, decoded path, listed parameters and headers.',
      },
    })
  }
  exchange.caller = { kind: 'signed', secretId: parameters.secretId }
  return exchange.caller
}
