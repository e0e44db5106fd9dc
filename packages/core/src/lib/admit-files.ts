import { readFileInput } from './file-input.ts'
import { checkFile, checkTotals } from './restrict/check-file.ts'
import type { FileRejection } from './restrict/restrictions.ts'
import { mintId } from './upload-id.ts'
import type { UploadItem } from './upload-item.ts'
import type { FileInput, UploaderOptions } from './uploader.ts'

/** Makes items of the files that keep the rules, and rejections of the others. @param held what the list has already */
export function admitFiles(
  files: Iterable<Blob | FileInput>,
  held: { readonly files: number; readonly bytes: number },
  { restrictions = {}, prepare }: UploaderOptions,
): { readonly items: readonly UploadItem[]; readonly refused: readonly FileRejection[] } {
  const items: UploadItem[] = []
  const refused: FileRejection[] = []
  const sum = { files: held.files, bytes: held.bytes }
  for (const input of files) {
    const { file, name, relativePath, priority } = readFileInput(input)
    // Only the count is final before `prepare` has made of the file what it will be.
    const errors = prepare
      ? checkTotals(file, sum, { ...restrictions, maxTotalSize: Infinity })
      : [...checkFile(file, name, restrictions), ...checkTotals(file, sum, restrictions)]
    if (errors.length > 0) {
      refused.push({ file, name, errors })
      continue
    }
    sum.files += 1
    sum.bytes += file.size
    items.push({ id: mintId(), file, name, size: file.size, type: file.type, relativePath, priority, status: 'queued' })
  }
  return { items, refused }
}
