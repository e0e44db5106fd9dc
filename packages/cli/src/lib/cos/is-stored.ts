/**
 * COS tells the ETag of what it stored, and a request id with everything. A success that has neither comes from something in between: a proxy's
 * login, a page for every address (whose ETag is a weak one).
 */
export function isStored(status: number, header: (name: string) => string | null): boolean {
  if (status < 200 || status >= 400) return false
  return header('x-cos-request-id') !== null || header('ETag')?.startsWith('"') === true
}
