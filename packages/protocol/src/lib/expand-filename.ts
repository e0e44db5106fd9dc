/** What stands for the file's own name in a key. `official/post-object.txt`, field `key` and Example 7. */
export const FILENAME_WILDCARD = '${filename}'

/** Puts the file's name for every `${filename}`; leaves it literal when the part has no filename (facts 1.8: not documented). */
export function expandFilename(key: string, filename: string | null): string {
  return filename === null ? key : key.replaceAll(FILENAME_WILDCARD, () => filename)
}
