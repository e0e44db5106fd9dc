import { BUCKET, CONTENT, NOW, type ConformanceCase, type ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { signedCall } from '../signed-call.ts'

const enabled = demoWith({ versioning: 'enabled' })
const suspended = demoWith({ versioning: 'suspended' })
const time = new Date(NOW).toISOString()

/** The version ids that a clock which stands still brings forth, one after the other (facts 1.19). */
export function versionId(index: number): string {
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

function versioning(status: string): ConformanceStep {
  const body = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`
  return { request: signedCall({ method: 'PUT', key: '', params: [['versioning', '']], body }), expect: { status: 200 } }
}

function after(version: string): readonly (readonly [string, string])[] {
  return [
    ['key-marker', 'exampleobject'],
    ['version-id-marker', version],
  ]
}

/** Of the page behind a version. */
function head(version: string, max = '1000', next: string | null = null): string {
  const more = next === null ? '' : `\t<NextKeyMarker>exampleobject</NextKeyMarker>\n\t<NextVersionIdMarker>${next}</NextVersionIdMarker>\n`
  return `\t<KeyMarker>exampleobject</KeyMarker>\n\t<VersionIdMarker>${version}</VersionIdMarker>\n\t<MaxKeys>${max}</MaxKeys>\n\t<IsTruncated>${next !== null}</IsTruncated>\n${more}`
}

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
      {
        request: signedCall({ key: '' }),
        expect: {
          status: 200,
          body: `<?xml version='1.0' encoding='utf-8' ?>\n<ListBucketResult>\n\t<Name>${BUCKET}</Name>\n\t<Prefix/>\n\t<Marker/>\n\t<MaxKeys>1000</MaxKeys>\n\t<IsTruncated>false</IsTruncated>\n</ListBucketResult>`,
        },
      },
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
      listed([['max-keys', '2'], ...after(second)], head(second, '2'), entry('Version', first, false)),
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
    name: 'a page of versions may end with a folder, and the next begins behind it',
    steps: [
      { request: postedForm({ fields: { key: 'a/exampleobject' } }), expect: { status: 204 } },
      put,
      listed(
        [
          ['delimiter', '/'],
          ['max-keys', '1'],
        ],
        '\t<KeyMarker/>\n\t<VersionIdMarker/>\n\t<MaxKeys>1</MaxKeys>\n\t<IsTruncated>true</IsTruncated>\n\t<NextKeyMarker>a/</NextKeyMarker>\n\t<NextVersionIdMarker/>\n\t<Delimiter>/</Delimiter>\n',
        '\t<CommonPrefixes>\n\t\t<Prefix>a/</Prefix>\n\t</CommonPrefixes>\n',
      ),
      listed(
        [
          ['delimiter', '/'],
          ['key-marker', 'a/'],
        ],
        '\t<KeyMarker>a/</KeyMarker>\n\t<VersionIdMarker/>\n\t<MaxKeys>1000</MaxKeys>\n\t<IsTruncated>false</IsTruncated>\n\t<Delimiter>/</Delimiter>\n',
        entry('Version', '', true),
      ),
    ],
  },
  {
    name: 'names in a listing of versions are encoded when that is asked for',
    steps: [
      { request: postedForm({ fields: { key: 'a b' } }), expect: { status: 204 } },
      {
        request: signedCall({
          key: '',
          params: [
            ['versions', ''],
            ['encoding-type', 'url'],
          ],
        }),
        expect: {
          status: 200,
          body: `<?xml version='1.0' encoding='utf-8' ?>\n<ListVersionsResult>\n\t<EncodingType>url</EncodingType>\n\t<Name>${BUCKET}</Name>\n\t<Prefix/>\n${whole}${entry('Version', '', true, 'a%20b')}</ListVersionsResult>`,
        },
      },
    ],
  },
  {
    name: 'who removes the versions of a key page by page finds them all, those from before versioning too',
    steps: [
      put,
      versioning('Enabled'),
      put,
      put,
      put,
      remove(second, {}),
      listed([['max-keys', '1'], ...after(second)], head(second, '1', first), entry('Version', first, false)),
      remove(third, {}),
      remove(first, {}),
      listed(after(first), head(first), entry('Version', 'null', true)),
      listed(after('unknown'), head('unknown')),
    ],
  },
  {
    name: 'a page of versions may end with the null version, wherever that stands',
    config: enabled,
    steps: [put, versioning('Suspended'), put, listed(after('null'), head('null'), entry('Version', first, false))],
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
