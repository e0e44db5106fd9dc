import { BUCKET, CONTENT, NOW, type ConformanceCase, type ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { signedCall } from '../signed-call.ts'

const enabled = demoWith({ versioning: 'enabled' })
const suspended = demoWith({ versioning: 'suspended' })
const time = new Date(NOW).toISOString()

/** The version ids that a clock which stands still brings forth, one after the other (facts 1.19). */
function versionId(index: number): string {
  return btoa(String(2n ** 64n - 1n - (BigInt(NOW) * 1000n + BigInt(index)))).replace(/=+$/, '')
}

const [first, second, third] = [versionId(0), versionId(1), versionId(2)]
const put: ConformanceStep = { request: postedForm({ fields: { key: 'exampleobject' } }), expect: { status: 204 } }

function remove(version: string | null, headers: Readonly<Record<string, string | null>>): ConformanceStep {
  return { request: signedCall({ method: 'DELETE', params: version === null ? [] : [['versionId', version]] }), expect: { status: 204, headers } }
}

function read(version: string | null, expect: ConformanceStep['expect']): ConformanceStep {
  return { request: signedCall({ params: version === null ? [] : [['versionId', version]] }), expect }
}

const there = { status: 200, body: CONTENT }
const gone = { status: 404, code: 'NoSuchKey' }
const owner = '\t\t<Owner>\n\t\t\t<ID>1250000000</ID>\n\t\t\t<DisplayName>1250000000</DisplayName>\n\t\t</Owner>\n'

function entry(kind: 'Version' | 'DeleteMarker', id: string, isLatest: boolean, key = 'exampleobject'): string {
  const shown = id === '' ? '\t\t<VersionId/>\n' : `\t\t<VersionId>${id}</VersionId>\n`
  const own = '\t\t<ETag>&quot;ee8de918d05640145b18f70f4c3aa602&quot;</ETag>\n\t\t<Size>16</Size>\n\t\t<StorageClass>STANDARD</StorageClass>\n'
  return `\t<${kind}>\n\t\t<Key>${key}</Key>\n${shown}\t\t<IsLatest>${isLatest}</IsLatest>\n\t\t<LastModified>${time}</LastModified>\n${kind === 'Version' ? own : ''}${owner}\t</${kind}>\n`
}

function listed(params: readonly (readonly [string, string])[], head: string, ...entries: readonly string[]): ConformanceStep {
  const body = `<?xml version='1.0' encoding='utf-8' ?>\n<ListVersionsResult>\n\t<Name>${BUCKET}</Name>\n\t<Prefix/>\n${head}${entries.join('')}</ListVersionsResult>`
  return { request: signedCall({ key: '', params: [['versions', ''], ...params] }), expect: { status: 200, body } }
}

const whole = '\t<KeyMarker/>\n\t<VersionIdMarker/>\n\t<MaxKeys>1000</MaxKeys>\n\t<IsTruncated>false</IsTruncated>\n'

export const versionCases: readonly ConformanceCase[] = [
  {
    name: 'without versioning an object is removed for good',
    steps: [put, remove(null, { 'x-cos-version-id': null, 'x-cos-delete-marker': null }), read(null, gone), remove(null, {})],
    keys: [],
  },
  {
    name: 'with versioning a removal hides the object behind a delete marker, and removing the marker brings it back',
    config: enabled,
    steps: [
      put,
      put,
      remove(null, { 'x-cos-version-id': third, 'x-cos-delete-marker': 'true' }),
      read(null, { ...gone, headers: { 'x-cos-delete-marker': 'true', 'x-cos-version-id': third } }),
      read(first, { ...there, headers: { 'x-cos-version-id': first } }),
      read(third, { status: 405, code: 'MethodNotAllowed', headers: { 'x-cos-delete-marker': 'true' } }),
      remove(third, { 'x-cos-version-id': third, 'x-cos-delete-marker': 'true' }),
      read(null, { ...there, headers: { 'x-cos-version-id': second } }),
      remove(second, { 'x-cos-version-id': second, 'x-cos-delete-marker': null }),
      read(null, { ...there, headers: { 'x-cos-version-id': first } }),
      read(second, { status: 404, code: 'NoSuchVersion' }),
    ],
  },
  {
    name: 'with suspended versioning a removal takes the place of the null version',
    config: suspended,
    steps: [
      put,
      remove(null, { 'x-cos-version-id': 'null', 'x-cos-delete-marker': 'true' }),
      read(null, gone),
      listed([], whole, entry('DeleteMarker', 'null', true)),
      put,
      read(null, there),
    ],
  },
  {
    name: 'versions are listed the newest first, markers among them',
    config: enabled,
    steps: [
      put,
      put,
      remove(null, {}),
      listed([], whole, entry('DeleteMarker', third, true), entry('Version', second, false), entry('Version', first, false)),
    ],
  },
  { name: 'a bucket that never had versioning lists empty version ids', steps: [put, listed([], whole, entry('Version', '', true))] },
  {
    name: 'versions of one key may stand on two pages',
    config: enabled,
    steps: [
      put,
      put,
      put,
      listed(
        [['max-keys', '2']],
        `\t<KeyMarker/>\n\t<VersionIdMarker/>\n\t<MaxKeys>2</MaxKeys>\n\t<IsTruncated>true</IsTruncated>\n\t<NextKeyMarker>exampleobject</NextKeyMarker>\n\t<NextVersionIdMarker>${second}</NextVersionIdMarker>\n`,
        entry('Version', third, true),
        entry('Version', second, false),
      ),
      listed(
        [
          ['max-keys', '2'],
          ['key-marker', 'exampleobject'],
          ['version-id-marker', second],
        ],
        `\t<KeyMarker>exampleobject</KeyMarker>\n\t<VersionIdMarker>${second}</VersionIdMarker>\n\t<MaxKeys>2</MaxKeys>\n\t<IsTruncated>false</IsTruncated>\n`,
        entry('Version', first, false),
      ),
      {
        request: signedCall({
          key: '',
          params: [
            ['versions', ''],
            ['version-id-marker', second],
          ],
        }),
        expect: { status: 400, code: 'InvalidArgument' },
      },
    ],
  },
  {
    name: 'a copy is refused, and does not empty the object',
    steps: [
      put,
      {
        request: signedCall({ method: 'PUT', headers: { 'x-cos-copy-source': 'examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/a' } }),
        expect: { status: 501, code: 'NotImplemented' },
      },
      read(null, there),
    ],
  },
  {
    name: 'several objects are removed at once',
    steps: [
      put,
      {
        request: signedCall({
          method: 'POST',
          key: '',
          params: [['delete', '']],
          body: '<Delete><Object><Key>exampleobject</Key></Object><Object><Key>a&amp;b</Key></Object></Delete>',
        }),
        expect: {
          status: 200,
          body: "<?xml version='1.0' encoding='utf-8' ?>\n<DeleteResult>\n\t<Deleted>\n\t\t<Key>exampleobject</Key>\n\t</Deleted>\n\t<Deleted>\n\t\t<Key>a&amp;b</Key>\n\t</Deleted>\n</DeleteResult>",
        },
      },
      {
        request: signedCall({
          method: 'POST',
          key: '',
          params: [['delete', '']],
          body: '<Delete><Quiet>true</Quiet><Object><Key>x</Key></Object></Delete>',
        }),
        expect: { status: 200, body: "<?xml version='1.0' encoding='utf-8' ?>\n<DeleteResult/>" },
      },
      {
        request: signedCall({ method: 'POST', key: '', params: [['delete', '']], body: '<Delete/>' }),
        expect: { status: 400, code: 'MalformedXML' },
      },
    ],
    keys: [],
  },
]
