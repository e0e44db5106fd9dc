/** The body is not well-formed `multipart/form-data` (RFC 7578). The message says where it went wrong. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError'
}
