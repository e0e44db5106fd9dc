/** What stands before and after the file's bytes in a multipart form. */
export interface MultipartFrame {
  readonly contentType: string
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

/** The way browsers do it; servers take it as it is (facts 1.8). https://html.spec.whatwg.org/#multipart-form-data */
export function escapedName(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}

/**
 * Fields in their order, then the file: COS reads nothing behind it (`official/post-object.txt`, field `file`). The platform's FormData would
 * do, but it shows no progress.
 */
export function multipartFrame(fields: Iterable<readonly [name: string, value: string]>, filename: string, boundary: string): MultipartFrame {
  const parts = Array.from(
    fields,
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${escapedName(name)}"\r\n\r\n${value}\r\n`,
  )
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escapedName(filename)}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const bytes = new TextEncoder()
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: bytes.encode(parts.join('') + file),
    tail: bytes.encode(`\r\n--${boundary}--\r\n`),
  }
}
