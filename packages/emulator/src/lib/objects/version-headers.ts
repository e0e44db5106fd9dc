import { NULL_VERSION, type ObjectVersion } from '../storage/object-record.ts'
import { encryptionHeaders } from './encryption-setting.ts'

/** What every reply about one version says, to an upload as to a download. */
export function versionHeaders(version: ObjectVersion): Readonly<Record<string, string>> {
  return {
    ETag: `"${version.etag}"`,
    'x-cos-hash-crc64ecma': version.crc64,
    // Without versioning, and while it is suspended, the id is null and is not sent. `official/post-object.txt`, "Versioning".
    ...(version.versionId !== NULL_VERSION && { 'x-cos-version-id': version.versionId }),
    ...encryptionHeaders(version.encryption),
  }
}
