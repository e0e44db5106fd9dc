import { FILENAME_WILDCARD } from './filename-wildcard.ts'

/** Puts the file's name for every `${filename}`; leaves it literal when the part has no filename (facts 1.8: not documented). */
export function expandFilename(key: string, filename: string | null): string {
  return filename === null ? key : key.replaceAll(FILENAME_WILDCARD, () => filename)
}
