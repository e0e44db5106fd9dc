import type { Versioning } from '../config/emulator-config.ts'
import { malformedXml } from './malformed-xml.ts'
import { childTexts, readDocument } from './read-document.ts'
import { writeDocument } from './write-document.ts'

/** The body of PUT Bucket versioning: once enabled, versioning is never off again. https://cloud.tencent.com/document/product/436/19889 @throws {CosError} MalformedXML */
export function readVersioningDocument(bytes: Uint8Array): Exclude<Versioning, 'off'> {
  const [status = ''] = childTexts(readDocument(bytes, ['VersioningConfiguration']), 'Status')
  if (status === 'Enabled') return 'enabled'
  if (status === 'Suspended') return 'suspended'
  throw malformedXml('Status is Enabled or Suspended.', status || null, 'Versioning that was on can only be suspended, never switched off.')
}

/** The body of GET Bucket versioning; empty for a bucket that never had it. https://cloud.tencent.com/document/product/436/19888 */
export function writeVersioningDocument(versioning: Versioning): string {
  return writeDocument(['VersioningConfiguration', versioning === 'off' ? [] : [['Status', versioning === 'enabled' ? 'Enabled' : 'Suspended']]])
}
