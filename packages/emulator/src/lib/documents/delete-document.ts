import { childText } from '@cosdrop/protocol'
import { malformedXml } from './malformed-xml.ts'
import { childTexts, readDocument } from './read-document.ts'
import { writeDocument, type DocumentNode } from './write-document.ts'

export interface DeleteDocument {
  /** Only failures are listed in the reply. */
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

export type DeleteResult =
  | { readonly key: string; readonly versionId: string | null; readonly deleteMarkerVersionId: string | null }
  | { readonly key: string; readonly versionId: string | null; readonly code: string; readonly message: string }

function resultNode(result: DeleteResult): DocumentNode {
  const name: readonly (DocumentNode | null)[] = [['Key', result.key], result.versionId === null ? null : ['VersionId', result.versionId]]
  if ('code' in result) return ['Error', [...name, ['Code', result.code], ['Message', result.message]]]
  const marker: readonly DocumentNode[] =
    result.deleteMarkerVersionId === null
      ? []
      : [
          ['DeleteMarker', 'true'],
          ['DeleteMarkerVersionId', result.deleteMarkerVersionId],
        ]
  return ['Deleted', [...name, ...marker]]
}

export function writeDeleteResult(results: readonly DeleteResult[], quiet: boolean): string {
  return writeDocument(['DeleteResult', results.filter((result) => !quiet || 'code' in result).map(resultNode)])
}
