import { CONTENT, type ConformanceCase, type ConformanceStep } from '../conformance-case.ts'
import { demoWith } from '../demo-with.ts'
import { postedForm } from '../posted-form.ts'
import { signedCall } from '../signed-call.ts'
import { versionId } from './versions.ts'

const put: ConformanceStep = { request: postedForm({ fields: { key: 'exampleobject' } }), expect: { status: 204 } }

function removing(objects: string, expect: ConformanceStep['expect']): ConformanceStep {
  return { request: signedCall({ method: 'POST', key: '', params: [['delete', '']], body: `<Delete>${objects}</Delete>` }), expect }
}

function removed(objects: string, entry: string): ConformanceStep {
  const body = `<?xml version='1.0' encoding='utf-8' ?>\n<DeleteResult>\n\t<Deleted>\n${entry}\t</Deleted>\n</DeleteResult>`
  return removing(objects, { status: 200, body })
}

const named = (version: string): string => `<Object><Key>exampleobject</Key><VersionId>${version}</VersionId></Object>`
const entry = (version: string): string => `\t\t<Key>exampleobject</Key>\n\t\t<VersionId>${version}</VersionId>\n`
const marker = (version: string): string => `\t\t<DeleteMarker>true</DeleteMarker>\n\t\t<DeleteMarkerVersionId>${version}</DeleteMarkerVersionId>\n`

export const removalsAtOnceCases: readonly ConformanceCase[] = [
  {
    name: 'a version that is named is removed, and no other; without one a marker comes, and goes when it is named',
    config: demoWith({ versioning: 'enabled' }),
    steps: [
      put,
      put,
      removed(named(versionId(1)), entry(versionId(1))),
      { request: signedCall(), expect: { status: 200, body: CONTENT, headers: { 'x-cos-version-id': versionId(0) } } },
      removed('<Object><Key>exampleobject</Key></Object>', `\t\t<Key>exampleobject</Key>\n${marker(versionId(2))}`),
      { request: signedCall(), expect: { status: 404, code: 'NoSuchKey' } },
      removed(named(versionId(2)), entry(versionId(2)) + marker(versionId(2))),
      { request: signedCall(), expect: { status: 200, body: CONTENT } },
    ],
  },
  {
    name: 'a list without a key, or of more than 1000, removes nothing',
    steps: [
      put,
      removing('<Object><Key>exampleobject</Key></Object><Object/>', { status: 400, code: 'MalformedXML' }),
      removing('<Object><Key>exampleobject</Key></Object>'.repeat(1001), { status: 400, code: 'MalformedXML' }),
      removing('<Object><Key>exampleobject</Key></Object>'.repeat(1000), { status: 200 }),
    ],
    keys: [],
  },
]
