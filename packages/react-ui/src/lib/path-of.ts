import type { UploadItem } from '@cosdrop/core'

/** An item's name, with the folder if the name is still the file's own: tells files of equal names apart. */
export function pathOf({ name, relativePath }: Pick<UploadItem, 'name' | 'relativePath'>): string {
  return relativePath !== null && `/${relativePath}`.endsWith(`/${name}`) ? relativePath : name
}
