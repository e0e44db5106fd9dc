import { BUCKET, NOW, type ConformanceCase, type ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { anonymousCall, signedCall } from '../signed-call.ts'

type Params = readonly (readonly [string, string])[]

const time = new Date(NOW).toISOString()
const declaration = "<?xml version='1.0' encoding='utf-8' ?>\n"
const owner = '\t\t<Owner>\n\t\t\t<ID>1250000000</ID>\n\t\t\t<DisplayName>1250000000</DisplayName>\n\t\t</Owner>\n'
const etag = '\t\t<ETag>&quot;ee8de918d05640145b18f70f4c3aa602&quot;</ETag>\n\t\t<Size>16</Size>\n'

function stored(...keys: readonly string[]): readonly ConformanceStep[] {
  return keys.map((key) => ({ request: postedForm({ fields: { key } }), expect: { status: 204 } }))
}

function contents(key: string): string {
  return `\t<Contents>\n\t\t<Key>${key}</Key>\n\t\t<LastModified>${time}</LastModified>\n${etag}${owner}\t\t<StorageClass>STANDARD</StorageClass>\n\t</Contents>\n`
}

function prefix(name: string): string {
  return `\t<CommonPrefixes>\n\t\t<Prefix>${name}</Prefix>\n\t</CommonPrefixes>\n`
}

function element(name: string, text: string): string {
  return text === '' ? `\t<${name}/>\n` : `\t<${name}>${text}</${name}>\n`
}

/** The whole document, to the byte. https://cloud.tencent.com/document/product/436/7734 */
function listed(
  params: Params,
  head: { prefix?: string; marker?: string; max?: string; delimiter?: string; next?: string; encoding?: string },
  ...rest: readonly string[]
): ConformanceStep {
  const xml = [
    `${declaration}<ListBucketResult>\n`,
    element('Name', BUCKET),
    head.encoding === undefined ? '' : element('EncodingType', head.encoding),
    element('Prefix', head.prefix ?? ''),
    element('Marker', head.marker ?? ''),
    element('MaxKeys', head.max ?? '1000'),
    head.delimiter === undefined ? '' : element('Delimiter', head.delimiter),
    element('IsTruncated', String(head.next !== undefined)),
    head.next === undefined ? '' : element('NextMarker', head.next),
    ...rest,
    '</ListBucketResult>',
  ]
  return {
    request: signedCall({ key: '', params }),
    expect: { status: 200, body: xml.join(''), headers: { 'x-cos-bucket-region': 'ap-guangzhou', 'Content-Type': 'application/xml' } },
  }
}

const tree = ['example-folder-1/example-object-1.jpg', 'example-folder-1/sub/a.jpg', 'example-folder-2/b.jpg', 'example-object-1.jpg', 'z.jpg']

export const listingCases: readonly ConformanceCase[] = [
  { name: 'an empty bucket is listed', steps: [listed([], {})] },
  { name: 'all objects are listed in the order of their keys', steps: [...stored(...tree.toReversed()), listed([], {}, ...tree.map(contents))] },
  {
    name: 'a delimiter lists one folder at a time',
    steps: [
      ...stored(...tree),
      listed(
        [['delimiter', '/']],
        { delimiter: '/' },
        prefix('example-folder-1/'),
        prefix('example-folder-2/'),
        contents('example-object-1.jpg'),
        contents('z.jpg'),
      ),
      listed(
        [
          ['prefix', 'example-folder-1/'],
          ['delimiter', '/'],
        ],
        { prefix: 'example-folder-1/', delimiter: '/' },
        prefix('example-folder-1/sub/'),
        contents('example-folder-1/example-object-1.jpg'),
      ),
    ],
  },
  {
    name: 'pages follow each other without a gap, folders counted as entries',
    steps: [
      ...stored(...tree),
      listed(
        [
          ['delimiter', '/'],
          ['max-keys', '2'],
        ],
        { delimiter: '/', max: '2', next: 'example-folder-2/' },
        prefix('example-folder-1/'),
        prefix('example-folder-2/'),
      ),
      listed(
        [
          ['delimiter', '/'],
          ['max-keys', '2'],
          ['marker', 'example-folder-2/'],
        ],
        { delimiter: '/', max: '2', marker: 'example-folder-2/' },
        contents('example-object-1.jpg'),
        contents('z.jpg'),
      ),
      listed([['max-keys', '1']], { max: '1', next: tree[0] ?? '' }, contents(tree[0] ?? '')),
      listed([['marker', 'example-folder-2/b.jpg']], { marker: 'example-folder-2/b.jpg' }, contents('example-object-1.jpg'), contents('z.jpg')),
      listed([['max-keys', '0']], { max: '0' }),
      listed([['max-keys', '2147483647']], {}, ...tree.map(contents)),
      listed(
        [
          ['max-keys', ''],
          ['encoding-type', ''],
        ],
        {},
        ...tree.map(contents),
      ),
    ],
  },
  {
    name: 'keys of any letters are encoded when that is asked for, and escaped when not',
    steps: [
      ...stored('a&b <腾讯>.txt'),
      listed([['encoding-type', 'url']], { encoding: 'url' }, contents('a%26b%20%3C%E8%85%BE%E8%AE%AF%3E.txt')),
      listed([], {}, contents('a&amp;b &lt;腾讯&gt;.txt')),
    ],
  },
  {
    name: 'keys with characters that no XML can hold are encoded, or referred to',
    steps: [
      { request: signedCall({ method: 'PUT', key: 'a\0b\rc', body: '[Object Content]' }), expect: { status: 200 } },
      listed([['encoding-type', 'url']], { encoding: 'url' }, contents('a%00b%0Dc')),
      listed([], {}, contents('a&#x0;b&#xd;c')),
    ],
  },
  {
    name: 'keys are ordered by their UTF-8 bytes',
    steps: [...stored('\u{1f600}', '\uff01', 'a'), listed([], {}, contents('a'), contents('\uff01'), contents('\u{1f600}'))],
  },
  {
    name: 'a listing that cannot be made is refused',
    steps: [
      { request: signedCall({ key: '', params: [['max-keys', 'many']] }), expect: { status: 400, code: 'InvalidArgument' } },
      { request: signedCall({ key: '', params: [['max-keys', '-1']] }), expect: { status: 400, code: 'InvalidArgument' } },
      { request: signedCall({ key: '', params: [['encoding-type', 'base64']] }), expect: { status: 400, code: 'InvalidArgument' } },
      { request: anonymousCall({ key: '' }), expect: { status: 403, code: 'AccessDenied', message: 'Access Denied.' } },
    ],
  },
  {
    name: 'a public bucket is listed to anybody',
    config: demoWith({ acl: 'public-read' }),
    steps: [{ ...listed([], {}), request: anonymousCall({ key: '' }) }],
  },
]
