import { readFileInput } from './file-input.ts'
import { createFileCheck } from './restrict/check-file.ts'
import type { FileRejection } from './restrict/restrictions.ts'
import { mintId } from './upload-id.ts'
import type { UploadItem } from './upload-item.ts'
import type { FileInput, UploaderOptions } from './uploader.ts'

/** Makes items of the files that keep the rules, and rejections of the others. @param held what the list has already */
export function admitFiles(
  inputs: Iterable<Blob | FileInput>,
  held: { readonly files: number; readonly bytes: number },
  { restrictions = {}, prepare }: UploaderOptions,
  unstarted: boolean,
): { readonly items: readonly UploadItem[]; readonly refused: readonly FileRejection[] } {
  const items: UploadItem[] = []
  const refused: FileRejection[] = []
  // Only the count is final before `prepare` has made of a file what it will be.
  const check = createFileCheck(prepare ? { maxFiles: restrictions.maxFiles } : restrictions, held)
  for (const input of inputs) {
    const given = readFileInput(input)
    const rejection = check(given)
    const { size, type } = given.file
    if (rejection) refused.push(rejection)
    else items.push({ ...given, id: mintId(), size, type, status: 'queued', unstarted })
  }
  return { items, refused }
}

/** Why a canceled file, which did not count, has no room any more. @param final its size is: `prepare` has been at it */
export function checkRoom(
  item: UploadItem,
  held: { readonly files: number; readonly bytes: number },
  { restrictions: { maxFiles, maxTotalSize } = {}, prepare }: UploaderOptions,
  final: boolean,
): FileRejection | null {
  return createFileCheck(final || !prepare ? { maxFiles, maxTotalSize } : { maxFiles }, held)(item)
}
