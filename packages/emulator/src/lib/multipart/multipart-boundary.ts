// RFC 2046 §5.1.1: 1 to 70 of these, the last no space.
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/

/** The boundary of a `multipart/form-data` content type; `null` for every other content type and for a boundary that RFC 2046 forbids. */
export function multipartBoundary(contentType: string | null): string | null {
  const [, quoted, token] =
    /^multipart\/form-data\s*;(?:[^";]*(?:"[^"]*"[^";]*)*;)*\s*boundary=(?:"([^"]*)"|([^\s;"]+))\s*(?:;.*)?$/i.exec(contentType ?? '') ?? []
  const boundary = quoted ?? token
  return boundary !== undefined && BOUNDARY.test(boundary) ? boundary : null
}
