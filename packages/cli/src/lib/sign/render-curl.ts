import type { SignedPost } from '@cosdrop/server'

/** Quoted for POSIX shells. */
function quote(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** The same post as a curl command. `--form-string` takes values as they are: `-F` would read a file for one that starts with `@` or `<`. */
export function renderCurl({ url, fields }: SignedPost, file: string): string {
  const forms = Object.entries(fields).map(([name, value]) => `  --form-string ${quote(`${name}=${value}`)}`)
  const path = `"${file.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  return ['curl -i', ...forms, `  --form ${quote(`file=@${path}`)}`, `  ${quote(url)}`].join(' \\\n')
}
