import { childText } from '@cosdrop/protocol'
import { malformedXml } from './malformed-xml.ts'
import { childTexts, readDocument } from './read-document.ts'
import { writeDocument, type DocumentNode } from './write-document.ts'

export interface DeleteDocument {
  /** Only failures are listed in the reply, and here none can be. */
  readonly quiet: boolean
  readonly objects: readonly { readonly key: string; readonly versionId: string | null }[]
}

const MAX_OBJECTS = 1000

/** The body of DELETE Multiple Objects. https://cloud.tencent.com/document/product/436/8289 @throws {CosError} MalformedXML */
export function readDeleteDocument(bytes: Uint8Array): DeleteDocument {
  const root = readDocument(bytes, ['Delete'])
  const objects = root.children
    .filter((child) => child.name === 'Object')
    .map((object) => ({ key: childText(object, 'Key') ?? '', versionId: childText(object, 'VersionId') || null }))
  if (objects.length === 0 || objects.length > MAX_OBJECTS || objects.some(({ key }) => key === '')) {
    throw malformedXml(`Delete names 1 to ${MAX_OBJECTS} objects, each with a Key.`, `${objects.length} objects`, 'Split the list.')
  }
  return { quiet: childTexts(root, 'Quiet')[0] === 'true', objects }
}

export interface DeleteResult {
  readonly key: string
  readonly versionId: string | null
  readonly deleteMarkerVersionId: string | null
}

function resultNode({ key, versionId, deleteMarkerVersionId }: DeleteResult): DocumentNode {
  const marker: readonly DocumentNode[] =
    deleteMarkerVersionId === null
      ? []
      : [
          ['DeleteMarker', 'true'],
          ['DeleteMarkerVersionId', deleteMarkerVersionId],
        ]
  return ['Deleted', [['Key', key], versionId === null ? null : ['VersionId', versionId], ...marker]]
}

export function writeDeleteResult(results: readonly DeleteResult[], quiet: boolean): string {
  return writeDocument(['DeleteResult', quiet ? [] : results.map(resultNode)])
}
