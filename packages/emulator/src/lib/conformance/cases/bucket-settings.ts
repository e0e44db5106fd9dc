import type { ConformanceCase, ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall, type Call } from '../signed-call.ts'

function setting(name: string, method: string, body: string | null = null, rest: Call = {}): Call {
  return { key: '', params: [[name, '']], method, body, ...rest }
}

function put(name: string, body: string): ConformanceStep {
  return { request: signedCall(setting(name, 'PUT', body)), expect: { status: 200, body: '' } }
}

function refused(name: string, body: string, code = 'MalformedXML'): ConformanceStep {
  return { request: signedCall(setting(name, 'PUT', body)), expect: { status: 400, code } }
}

function read(name: string, xml: string): ConformanceStep {
  const body = `<?xml version='1.0' encoding='utf-8' ?>\n${xml}`
  return { request: signedCall(setting(name, 'GET')), expect: { status: 200, body, headers: { 'Content-Type': 'application/xml' } } }
}

const upload: ConformanceStep['request'] = postedForm({ fields: { key: 'exampleobject' } })
const encryption = (inner: string): string =>
  `<ServerSideEncryptionConfiguration>\n\t<Rule>\n\t\t<ApplyServerSideEncryptionByDefault>\n${inner}\t\t</ApplyServerSideEncryptionByDefault>\n\t</Rule>\n</ServerSideEncryptionConfiguration>`
const aes = encryption('\t\t\t<SSEAlgorithm>AES256</SSEAlgorithm>\n')
const kms = encryption('\t\t\t<SSEAlgorithm>KMS</SSEAlgorithm>\n\t\t\t<KMSMasterKeyID>example-key</KMSMasterKeyID>\n')
const cors = `<CORSConfiguration>
	<CORSRule>
		<ID>example-id</ID>
		<AllowedOrigin>https://example.com</AllowedOrigin>
		<AllowedMethod>GET</AllowedMethod>
		<AllowedMethod>POST</AllowedMethod>
		<AllowedHeader>*</AllowedHeader>
		<ExposeHeader>ETag</ExposeHeader>
		<MaxAgeSeconds>600</MaxAgeSeconds>
	</CORSRule>
	<ResponseVary>true</ResponseVary>
</CORSConfiguration>`
const rule = (inner: string): string => `<CORSConfiguration><CORSRule>${inner}</CORSRule></CORSConfiguration>`
const method = '<AllowedMethod>POST</AllowedMethod>'
const origin = '<AllowedOrigin>*</AllowedOrigin>'

export const bucketSettingCases: readonly ConformanceCase[] = [
  {
    name: 'a bucket without default encryption says so with its own code',
    steps: [{ request: signedCall(setting('encryption', 'GET')), expect: { status: 404, code: 'NoSuchEncryptionConfiguration' } }],
  },
  {
    name: 'the default encryption is set, read, applied to the next upload, and taken away',
    steps: [
      put('encryption', aes),
      read('encryption', aes),
      { request: upload, expect: { status: 204, headers: { 'x-cos-server-side-encryption': 'AES256' } } },
      { request: signedCall(setting('encryption', 'DELETE')), expect: { status: 204 } },
      { request: upload, expect: { status: 204, headers: { 'x-cos-server-side-encryption': null } } },
      { request: signedCall(setting('encryption', 'GET')), expect: { status: 404, code: 'NoSuchEncryptionConfiguration' } },
    ],
  },
  {
    name: 'the default encryption is set as the official Python SDK’s example sets it, and read by the documented name',
    steps: [put('encryption', aes.replaceAll('ApplyServerSideEncryptionByDefault', 'ApplySideEncryptionConfiguration')), read('encryption', aes)],
  },
  {
    name: 'the default encryption may name a KMS key',
    steps: [
      put('encryption', kms),
      read('encryption', kms),
      {
        request: upload,
        expect: {
          status: 204,
          headers: { 'x-cos-server-side-encryption': 'cos/kms', 'x-cos-server-side-encryption-cos-kms-key-id': 'example-key' },
        },
      },
    ],
  },
  {
    name: 'a default encryption that COS does not know is refused',
    steps: [
      refused('encryption', aes.replace('AES256', 'cos/kms')),
      refused('encryption', encryption('')),
      refused('encryption', '<ServerSideEncryptionConfiguration/>'),
      refused('encryption', aes.replaceAll('ServerSideEncryptionConfiguration', 'EncryptionConfiguration')),
      refused('encryption', aes.slice(0, -5)),
      refused('encryption', `<!DOCTYPE x [<!ENTITY a "AES256">]>${aes.replace('AES256', '&a;')}`),
      refused('encryption', aes.replace('AES256', '&a;')),
    ],
  },
  {
    name: 'the settings of a bucket are for its owner',
    config: demoWith({ acl: 'public-read-write' }),
    steps: ['encryption', 'cors', 'versioning'].map((name) => ({
      request: anonymousCall(setting(name, 'GET')),
      expect: { status: 403, code: 'AccessDenied' },
    })),
  },
  {
    name: 'CORS rules are set and read back, and decide the next preflight',
    steps: [
      put('cors', cors),
      read('cors', cors),
      {
        request: anonymousCall({
          method: 'OPTIONS',
          key: '',
          headers: { Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST' },
        }),
        expect: { status: 200, headers: { 'Access-Control-Allow-Origin': 'https://example.com', 'Access-Control-Max-Age': '600' } },
      },
      {
        request: anonymousCall({ method: 'OPTIONS', key: '', headers: { Origin: 'https://other.test', 'Access-Control-Request-Method': 'POST' } }),
        expect: { status: 403, code: 'AccessForbidden' },
      },
      { request: upload, expect: { status: 204, headers: { Vary: 'Origin' } } },
    ],
  },
  {
    name: 'a CORS configuration may go to the limits of its page',
    steps: [
      put('cors', `<CORSConfiguration>${`<CORSRule>${origin}${method}</CORSRule>`.repeat(100)}</CORSConfiguration>`),
      put('cors', rule(`${origin}${method}<MaxAgeSeconds>999999999</MaxAgeSeconds>`).padEnd(65_536)),
    ],
  },
  {
    name: 'a CORS rule may leave empty what it does not set, as forms of consoles do',
    steps: [
      put('cors', rule(`<ID/>${origin}<AllowedOrigin/>${method}<AllowedHeader>x-*</AllowedHeader><AllowedHeader/><ExposeHeader/><MaxAgeSeconds/>`)),
      read(
        'cors',
        `<CORSConfiguration>\n\t<CORSRule>\n\t\t${origin}\n\t\t${method}\n\t\t<AllowedHeader>x-*</AllowedHeader>\n\t</CORSRule>\n</CORSConfiguration>`,
      ),
    ],
  },
  {
    name: 'CORS rules that are taken away are gone',
    steps: [
      { request: signedCall(setting('cors', 'DELETE')), expect: { status: 204 } },
      { request: signedCall(setting('cors', 'GET')), expect: { status: 404, code: 'NoSuchCORSConfiguration' } },
    ],
  },
  {
    name: 'a CORS configuration that breaks a rule is refused',
    steps: [
      refused('cors', '<CORSConfiguration/>'),
      refused('cors', rule(origin)),
      refused('cors', rule(method)),
      refused('cors', rule(`${origin}<AllowedMethod>OPTIONS</AllowedMethod>`)),
      refused('cors', rule(`${origin}${method}<AllowedMethod>OPTIONS</AllowedMethod>`)),
      refused('cors', rule(`${origin}${method}<ExposeHeader>*</ExposeHeader>`)),
      refused('cors', rule(`<AllowedOrigin>http://*.*.com</AllowedOrigin>${method}`)),
      refused('cors', rule(`${origin}${method}<AllowedHeader>x-*-meta-*</AllowedHeader>`)),
      refused('cors', rule(`${origin}${method}<MaxAgeSeconds>-1</MaxAgeSeconds>`)),
      refused('cors', `<CORSConfiguration>${`<CORSRule>${origin}${method}</CORSRule>`.repeat(101)}</CORSConfiguration>`),
      refused('cors', rule(`${origin}${method}<AllowedHeader>${'x'.repeat(66_000)}</AllowedHeader>`)),
      refused('cors', rule(`${origin}${method}<AllowedHeader>${'x'.repeat(131_072)}</AllowedHeader>`), 'EntityTooLarge'),
    ],
  },
  {
    name: 'a document that was changed on its way is refused',
    steps: [
      {
        request: signedCall(setting('versioning', 'PUT', '<VersioningConfiguration/>', { headers: { 'Content-MD5': '7o3pGNBWQBRbGPcPTDqmAg==' } })),
        expect: { status: 400, code: 'BadDigest' },
      },
      {
        request: signedCall(setting('versioning', 'PUT', '<VersioningConfiguration/>', { headers: { 'Content-MD5': 'abc' } })),
        expect: { status: 400, code: 'InvalidDigest' },
      },
    ],
  },
  {
    name: 'a document that comes as it was sent is taken, and one of which nothing is said',
    steps: ['8qj8HSeDu3APPMQZVG06WQ==', ''].map((digest) => ({
      request: signedCall(
        setting('versioning', 'PUT', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>', {
          headers: { 'Content-MD5': digest },
        }),
      ),
      expect: { status: 200 },
    })),
  },
  {
    name: 'versioning is enabled and suspended, and never off again',
    steps: [
      read('versioning', '<VersioningConfiguration/>'),
      put('versioning', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'),
      read('versioning', '<VersioningConfiguration>\n\t<Status>Enabled</Status>\n</VersioningConfiguration>'),
      { request: upload, expect: { status: 204, headers: { 'x-cos-version-id': /^MTg0[\w]+$/ } } },
      put('versioning', '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>'),
      read('versioning', '<VersioningConfiguration>\n\t<Status>Suspended</Status>\n</VersioningConfiguration>'),
      { request: upload, expect: { status: 204, headers: { 'x-cos-version-id': null } } },
      refused('versioning', '<VersioningConfiguration><Status>Off</Status></VersioningConfiguration>'),
      refused('versioning', '<VersioningConfiguration/>'),
    ],
  },
  {
    name: 'a bucket is found by HEAD',
    steps: [
      { request: signedCall({ method: 'HEAD', key: '' }), expect: { status: 200, headers: { 'x-cos-bucket-region': 'ap-guangzhou' }, body: '' } },
      { request: anonymousCall({ method: 'HEAD', key: '' }), expect: { status: 403, code: 'AccessDenied' } },
    ],
  },
]
