import { describe, expect, it } from 'vitest'
import { camEncode } from '../cam-encode.ts'
import vectors from '../vectors.json' with { type: 'json' }
import { parseAuthorization, readAuthorization } from './authorization.ts'
import { requestSignature, signRequest } from './sign-request.ts'
import { timingSafeEqual } from './timing-safe-equal.ts'

const { docPut, docGet, goSdkTest, docParamExamples, selfComputed, presignedUrl } = vectors.requestSignature

/** The request that an HttpString stands for. */
function requestOf(httpString: string) {
  const [method = '', path = '', params = '', headers = ''] = httpString.split('\n')
  const pairs = (text: string) => [...new URLSearchParams(text.replaceAll('+', '%2B'))]
  return { method, path, params: pairs(params), headers: pairs(headers) }
}

describe('a request is signed as COS signs it', () => {
  it.each([
    { id: 'PUT of the documentation', ...docPut },
    { id: 'GET of the documentation', ...docGet },
    { id: 'Go SDK', ...goSdkTest },
  ])('$id', (vector) => {
    const { signKey, urlParamList, headerList, httpString, stringToSign, signature, authorization } = vector
    const signed = signRequest({ ...requestOf(httpString), ...vector })
    expect(signed).toEqual({ signKey, urlParamList, headerList, httpString, stringToSign, signature, authorization })
  })

  it.each(selfComputed)('$id', ({ input, signKey, urlParamList, headerList, httpString, stringToSign, signature, authorization }) => {
    const params = Object.entries(input.params).map(([name, value]) => [name, String(value)] as const)
    const headers = Object.entries(input.headers).map(([name, value]) => [name, String(value)] as const)
    expect(signRequest({ ...input, params, headers })).toEqual({
      signKey,
      urlParamList,
      headerList,
      httpString,
      stringToSign,
      signature,
      authorization,
    })
  })

  it.each(docParamExamples.cases)('parameters of $path', ({ path, urlParamList, httpParameters }) => {
    const url = new URL(path, 'http://cos.test')
    const signed = requestSignature({ secretKey: 'k', keyTime: '1;2', method: 'GET', path: url.pathname, params: url.searchParams, headers: [] })
    expect(signed.urlParamList).toBe(urlParamList)
    expect(signed.httpString.split('\n')[2]).toBe(httpParameters)
  })

  it('sorts, lower-cases and encodes headers', () => {
    const { input, headerList, httpHeaders } = docParamExamples.headers
    const signed = requestSignature({ secretKey: 'k', keyTime: '1;2', method: 'GET', path: '/', params: [], headers: Object.entries(input) })
    expect(signed.headerList).toBe(headerList)
    expect(signed.httpString.split('\n')[3]).toBe(httpHeaders)
  })

  it('covers exactly the names of the lists when it checks one', () => {
    const request = { ...requestOf(docGet.httpString), secretKey: docGet.secretKey, keyTime: docGet.keyTime }
    const noise = { ...request, headers: [...request.headers, ['user-agent', 'x'] as const], params: [...request.params, ['extra', '1'] as const] }
    const lists = { headerList: docGet.headerList.split(';'), urlParamList: docGet.urlParamList.split(';') }
    expect(requestSignature({ ...noise, ...lists }).signature).toBe(docGet.signature)
    expect(requestSignature(noise).signature).not.toBe(docGet.signature)
  })
})

describe('an Authorization is read back', () => {
  it('from a header', () => {
    expect(parseAuthorization(docGet.authorization)).toEqual({
      secretId: docGet.secretId,
      signTime: docGet.keyTime,
      keyTime: docGet.keyTime,
      headerList: ['date', 'host'],
      urlParamList: ['response-cache-control', 'response-content-type'],
      signature: docGet.signature,
    })
  })

  it('from a presigned URL, whose signature it proves', () => {
    const url = new URL(presignedUrl.url)
    const read = readAuthorization((name) => url.searchParams.get(name))
    const secretKey = docGet.secretKey
    const signed = requestSignature({
      secretKey,
      keyTime: read!.keyTime,
      method: 'GET',
      path: url.pathname,
      params: url.searchParams,
      headers: [['host', url.host]],
      urlParamList: read!.urlParamList,
      headerList: read!.headerList,
    })
    expect(signed.signature).toBe(read!.signature)
    expect(presignedUrl.withToken).toContain('x-cos-security-token')
  })

  it.each(['q-ak', 'q-sign-time', 'q-key-time', 'q-header-list', 'q-url-param-list', 'q-signature'])('not when %s is missing', (name) => {
    expect(parseAuthorization(docGet.authorization.replace(new RegExp(`&${name}=[^&]*`), ''))).toBeNull()
  })

  it('not from another kind of signature', () => {
    expect(parseAuthorization('Bearer abc')).toBeNull()
    expect(parseAuthorization(docGet.authorization.replace('sha1', 'md5'))).toBeNull()
  })
})

describe('texts are encoded as signatures need it', () => {
  it.each(Object.entries(vectors.encoding.camSafe))('%j', (character, encoded) => {
    expect(camEncode(character)).toBe(encoded)
  })
})

describe('signatures are compared', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
    ['', '', true],
  ])('%j and %j: %j', (a, b, equal) => {
    expect(timingSafeEqual(a, b)).toBe(equal)
  })
})
