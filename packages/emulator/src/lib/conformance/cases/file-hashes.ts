import { BUCKET, CONTENT, NOW, type ConformanceCase, type ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall } from '../signed-call.ts'

const put: ConformanceStep = { request: postedForm({ fields: { key: 'exampleobject' } }), expect: { status: 204 } }

function hashOf(type: string, rest: readonly (readonly [string, string])[] = []): ConformanceStep['request'] {
  return signedCall({ params: [['ci-process', 'filehash'], ['type', type], ...rest] })
}

// China time, without a colon in the offset, as the page's sample writes it.
const lastModified = `${new Date(NOW + 8 * 3_600_000).toISOString().slice(0, 19)}+0800`

function answer(element: string, hash: string): string {
  return `<?xml version='1.0' encoding='utf-8' ?>
<Response>
	<FileHashCodeResult>
		<${element}>${hash}</${element}>
		<FileSize>${CONTENT.length}</FileSize>
		<LastModified>${lastModified}</LastModified>
		<Etag>&quot;ee8de918d05640145b18f70f4c3aa602&quot;</Etag>
	</FileHashCodeResult>
	<Input>
		<Bucket>${BUCKET}</Bucket>
		<Object>exampleobject</Object>
		<Region>ap-guangzhou</Region>
	</Input>
</Response>`
}

/** `printf '[Object Content]' | md5sum`, and its siblings. */
const MD5 = 'ee8de918d05640145b18f70f4c3aa602'
const SHA1 = '28b7da9a7c5385e6e2669ed36e89af0053f7f58e'
const SHA256 = 'c0d8a47d70bd4be6e90284814f0343bde5f2489e8bccde97c8e2f1f2acf6c3a9'

/** `official/file-hash.txt` */
export const fileHashCases: readonly ConformanceCase[] = [
  {
    name: 'the hash of a stored object is told',
    steps: [
      put,
      { request: hashOf('md5'), expect: { status: 200, body: answer('MD5', MD5), headers: { 'Content-Type': 'application/xml' } } },
      { request: hashOf('sha1'), expect: { status: 200, body: answer('SHA1', SHA1) } },
      { request: hashOf('sha256'), expect: { status: 200, body: answer('SHA256', SHA256) } },
      { request: signedCall(), expect: { status: 200, headers: { 'x-cos-meta-md5': null } } },
    ],
  },
  {
    name: 'the hash is kept with the object when that is asked for',
    steps: [
      put,
      { request: hashOf('sha1', [['addtoheader', 'true']]), expect: { status: 200 } },
      { request: signedCall(), expect: { status: 200, body: CONTENT, headers: { 'x-cos-meta-sha1': SHA1 } } },
    ],
  },
  {
    name: 'whoever may only read an object does not write its hash into it',
    config: demoWith({ acl: 'public-read' }),
    steps: [
      put,
      {
        request: anonymousCall({
          params: [
            ['ci-process', 'filehash'],
            ['type', 'md5'],
            ['addtoheader', 'true'],
          ],
        }),
        expect: { status: 403, code: 'AccessDenied' },
      },
      { request: signedCall(), expect: { status: 200, headers: { 'x-cos-meta-md5': null } } },
    ],
  },
  {
    name: 'a hash that cannot be told is refused',
    steps: [
      put,
      { request: hashOf('crc64'), expect: { status: 400, code: 'InvalidArgument' } },
      { request: hashOf(''), expect: { status: 400, code: 'InvalidArgument' } },
      {
        request: signedCall({
          key: 'missing',
          params: [
            ['ci-process', 'filehash'],
            ['type', 'md5'],
          ],
        }),
        expect: { status: 404, code: 'NoSuchKey' },
      },
      { request: signedCall({ params: [['ci-process', 'imageView']] }), expect: { status: 501, code: 'NotImplemented' } },
      {
        request: anonymousCall({
          params: [
            ['ci-process', 'filehash'],
            ['type', 'md5'],
          ],
        }),
        expect: { status: 403, code: 'AccessDenied' },
      },
      { request: postedForm({ fields: { key: 'old', 'x-cos-storage-class': 'ARCHIVE' } }), expect: { status: 204 } },
      {
        request: signedCall({
          key: 'old',
          params: [
            ['ci-process', 'filehash'],
            ['type', 'md5'],
          ],
        }),
        expect: { status: 400, code: 'InvalidArgument' },
      },
    ],
  },
]
