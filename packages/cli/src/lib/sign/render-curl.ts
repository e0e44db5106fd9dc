import type { SignedPost } from '@cosdrop/server'

/**
 * By its bytes: a terminal may not be shown what moves its cursor or turns its lines, nor would anybody see it. A line break stays: the shell
 * drops one at the end of `$(…)`.
 */
function unseen(character: string): string {
  const octal = Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`)
  return `'"$(printf '${octal.join('')}')"'`
}

/** Quoted for POSIX shells. */
function quote(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`).replaceAll(/(?!\n)[\p{Cc}\p{Cf}]/gu, unseen)}'`
}

/** The same post as a curl command. `--form-string` takes values as they are: `-F` would read a file for one that starts with `@` or `<`. */
export function renderCurl({ url, fields }: SignedPost, file: string): string {
  const forms = Object.entries(fields).map(([name, value]) => `  --form-string ${quote(`${name}=${value}`)}`)
  const path = `"${file.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  return ['curl -i', ...forms, `  --form ${quote(`file=@${path}`)}`, `  ${quote(url)}`].join(' \\\n')
}
