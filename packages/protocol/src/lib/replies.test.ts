import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketUrl, parseBucketHost } from './bucket-host.ts'
import { readErrorXml, writeErrorXml } from './error-xml.ts'
import { formatKeyTime, parseKeyTime } from './key-time.ts'
import { encodeKeyPath } from './encode-key-path.ts'
import { readPostResponse, writePostResponse } from './post-response.ts'
import { appendRedirectParameters, readRedirectParameters } from './redirect-parameters.ts'
import { readResponseHeaders } from './response-headers.ts'
import vectors from './vectors.json' with { type: 'json' }
import { escapeXml, readXml } from './xml.ts'

const headersOf = (headers: Record<string, string>) => readResponseHeaders((name) => new Headers(headers).get(name))

describe('reply headers', () => {
  it.each(vectors.documentedExamples)('of example $example are all read', ({ responseHeaders }) => {
    const entries = Object.entries(responseHeaders).filter((entry): entry is [string, string] => entry[1] !== undefined)
    const headers = Object.fromEntries(entries)
    const read = headersOf(headers)
    expect(read).toMatchObject({
      contentLength: 0,
      connection: 'close',
      date: headers['Date'],
      etag: headers['ETag'],
      location: headers['Location'],
      server: 'tencent-cos',
      requestId: headers['x-cos-request-id'],
      versionId: headers['x-cos-version-id'] ?? null,
      traceId: null,
      crc64: null,
    })
  })

  it('tell the three kinds of encryption apart', () => {
    expect(headersOf({ 'x-cos-server-side-encryption': 'AES256' }).encryption).toEqual({ kind: 'SSE-COS', algorithm: 'AES256' })
    expect(headersOf({ 'x-cos-server-side-encryption': 'cos/kms', 'x-cos-server-side-encryption-cos-kms-key-id': 'k-1' }).encryption).toEqual({
      kind: 'SSE-KMS',
      algorithm: 'cos/kms',
      keyId: 'k-1',
    })
    expect(
      headersOf({
        'x-cos-server-side-encryption-customer-algorithm': 'AES256',
        'x-cos-server-side-encryption-customer-key-MD5': 'U5L61r7jcwdNvT7frmUG8g==',
      }).encryption,
    ).toEqual({
      kind: 'SSE-C',
      algorithm: 'AES256',
      keyMd5: vectors.sseC.keyMd5Base64,
    })
    expect(headersOf({}).encryption).toBeNull()
  })

  it.each([{}, { 'Content-Length': '' }, { 'Content-Length': '5, 5' }])('tell no length where none is to be read: %j', (headers) => {
    expect(headersOf(headers).contentLength).toBeNull()
  })

  it('keep the CRC-64 as text, since no number holds it', () => {
    expect(headersOf({ 'x-cos-hash-crc64ecma': '16749565679157681890' }).crc64).toBe('16749565679157681890')
  })
})

describe('error bodies', () => {
  it('are written to the byte as COS writes them', () => {
    const read = readErrorXml(vectors.errorXml.xml)
    expect(read?.code).toBe('AccessForbidden')
    expect(writeErrorXml(read!)).toBe(vectors.errorXml.xml)
    expect(Buffer.byteLength(writeErrorXml(read!))).toBe(vectors.errorXml.bytes)
  })

  it('survive the way there and back, further elements too', () => {
    const text = fc.string({ unit: 'grapheme' }).map((part) => part.trim())
    fc.assert(
      fc.property(text, text, text, (code, message, time) => {
        const error = { code, message, resource: 'r', requestId: 'i', traceId: 't', extra: { ServerTime: time } }
        expect(readErrorXml(writeErrorXml(error))).toEqual(error)
      }),
    )
  })

  it('have empty texts for what is not told', () => {
    expect(readErrorXml('<Error><Code>SlowDown</Code></Error>')).toEqual({ code: 'SlowDown', message: '', resource: '', requestId: '', traceId: '' })
  })

  it.each(['', 'not xml', '<html></html>', '<Error><Code></Error>', '<!DOCTYPE x [<!ENTITY a "b">]><Error><Code>&a;</Code></Error>'])(
    '%j is none',
    (text) => {
      expect(readErrorXml(text)).toBeNull()
    },
  )
})

describe('XML', () => {
  it('without the second question mark of its declaration is read, as a sample of COS has it', () => {
    const text = '<?xml version = "1.0" encoding = "UTF-8">\n<Config><Rule><SSEAlgorithm>AES256</SSEAlgorithm><Empty/></Rule></Config>'
    expect(readXml(text)).toEqual({
      name: 'Config',
      text: '',
      children: [
        {
          name: 'Rule',
          text: '',
          children: [
            { name: 'SSEAlgorithm', text: 'AES256', children: [] },
            { name: 'Empty', text: '', children: [] },
          ],
        },
      ],
    })
  })

  it('resolves the five entities and character references, and no others', () => {
    expect(readXml('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&other;<!-- c --><![CDATA[<b>]]></a>')?.text).toBe('<>&"\'AB&other;<b>')
  })

  it.each(['</a>', '<a></b>', '<a><b></a></b>', '<a><b></b>', '<a/><b>', '<a/><a/>', 'text<a/>', '<a/>text', '<a', '<a><b</a>'])(
    'that is not well formed is not read: %s',
    (text) => {
      expect(readXml(text)).toBeNull()
    },
  )

  it('has a mark in the place of a character that there is not', () => {
    expect(readXml('<a>&#0;&#x10ffff;&#x110000;</a>')?.text).toBe('\ufffd\u{10ffff}\ufffd')
  })

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '<a>',
      '</a>',
      '<a/>',
      '&',
      '&#x110000;',
      ';',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      ' ',
      '"',
    )
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => void readXml(text),
      ),
    )
  })

  it('gives escaped text back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        expect(readXml(`<a>${escapeXml(text)}</a>`)?.text).toBe(text)
      }),
    )
  })
})

describe('the body of older editions', () => {
  it('is read and written', () => {
    const body = { location: 'http://h/a%20b', bucket: 'examplebucket-1250000000', key: 'a b&c', etag: '"e"' }
    expect(readPostResponse(writePostResponse(body))).toEqual(body)
    expect(readPostResponse('')).toBeNull()
  })
})

describe('redirects', () => {
  const example = vectors.documentedExamples.find(({ example: number }) => number === 8)
  const parameters = { bucket: 'examplebucket-1250000000', key: 'exampleobject', etag: '"ee8de918d05640145b18f70f4c3aa602"' }

  it('get the parameters of example 8, in its order', () => {
    expect(appendRedirectParameters('https://my.website/upload_success.html', parameters)).toBe(example?.responseHeaders['Location'])
    expect(readRedirectParameters(String(example?.responseHeaders['Location']))).toEqual(parameters)
  })

  it.each([
    ['https://a.test/?x=1', 'https://a.test/?x=1&bucket='],
    ['https://a.test/?', 'https://a.test/?bucket='],
    ['https://a.test/p#f', 'https://a.test/p?bucket='],
  ])('keep the query of %s', (url, start) => {
    expect(appendRedirectParameters(url, parameters)).toMatch(new RegExp(`^${start.replace(/[?.]/g, '\\$&')}`))
    expect(appendRedirectParameters('https://a.test/p#f', parameters)).toMatch(/#f$/)
  })

  it('give every key back, whatever the landing page had in its own query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(readRedirectParameters(appendRedirectParameters('https://a.test/?key=mine', { ...parameters, key }))).toEqual({ ...parameters, key })
      }),
    )
  })

  it.each(['bucket=b&key=k', 'bucket=b&etag=e', 'key=k&etag=e', ''])('are none on any other URL: ?%s', (query) => {
    expect(readRedirectParameters(`https://a.test/?${query}`)).toBeNull()
  })

  it('are none behind the #, where a router in the page keeps a query of its own', () => {
    expect(readRedirectParameters('https://a.test/#/files?bucket=b&key=k&etag=e')).toBeNull()
  })
})

describe('addresses', () => {
  it.each([
    ['examplebucket-1250000000.cos.ap-beijing.myqcloud.com', { bucket: 'examplebucket-1250000000', region: 'ap-beijing' }],
    ['EXAMPLEBUCKET-1250000000.cos.ap-beijing.localhost:9000', { bucket: 'examplebucket-1250000000', region: 'ap-beijing' }],
    ['examplebucket-1250000000.cos.accelerate.myqcloud.com', { bucket: 'examplebucket-1250000000', region: null }],
    ['127.0.0.1:9000', null],
    ['localhost', null],
    ['cos.ap-beijing.myqcloud.com', null],
    ['-a-1.cos.ap-beijing.myqcloud.com', null],
  ])('%s', (host, expected) => {
    expect(parseBucketHost(host)).toEqual(expected)
  })

  it('of a bucket', () => {
    expect(bucketUrl({ bucket: 'examplebucket-1250000000', region: 'ap-beijing' })).toBe(
      'https://examplebucket-1250000000.cos.ap-beijing.myqcloud.com/',
    )
  })

  it('of an object keep its slashes', () => {
    expect(encodeKeyPath('a b/文+(1).jpg')).toBe('/a%20b/%E6%96%87%2B%281%29.jpg')
  })

  it.each([
    ['1567150692;1567157892', { start: 1567150692, end: 1567157892 }],
    ['1;1', { start: 1, end: 1 }],
    ['2;1', null],
    ['1', null],
    ['a;b', null],
    ['1;2;3', null],
  ])('key time %s', (text, expected) => {
    expect(parseKeyTime(text)).toEqual(expected)
    if (expected) expect(formatKeyTime(expected.start, expected.end)).toBe(text)
  })
})
