/**
 * COS redirects by 303 what it stored; its 301 and 307 are errors (https://cloud.tencent.com/document/product/436/7730). It tells the ETag of what it
 * stored, and a request id with everything: a success that has neither comes from something in between, a proxy's login or a page for every address
 * (whose ETag is a weak one).
 */
export function isStored(status: number, header: (name: string) => string | null): boolean {
  if (status < 200 || (status > 299 && status !== 303)) return false
  return header('x-cos-request-id') !== null || header('ETag')?.startsWith('"') === true
}
