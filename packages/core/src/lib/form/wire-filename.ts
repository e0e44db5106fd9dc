/**
 * The filename as a browser writes it into `Content-Disposition`, which is what COS puts in place of `${filename}`: only `"`, CR and LF are
 * escaped, everything else goes out as raw UTF-8, and COS does not decode it again.
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
export function wireFilename(name: string): string {
  return name.replace(/["\r\n]/g, encodeURIComponent)
}
