import type { SignedPost } from '@cosdrop/server'

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** In ASCII that is seen: a page that does not say its encoding is read in another one than it was written in, and the key would be another. */
function asciiAttribute(text: string): string {
  return attribute(text).replaceAll(/[^ -~]/gu, (character) => `&#${character.codePointAt(0)};`)
}

/**
 * The same post as a form that works without a line of JavaScript. The file is last: COS reads nothing behind it. Without a charset
 * browsers write the file's name in the encoding of the page, and what that lacks as `&#22799;`.
 */
export function renderHtml({ url, fields }: SignedPost, button: string): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `  <input type="hidden" name="${asciiAttribute(name)}" value="${asciiAttribute(value)}">`,
  )
  return [
    `<form action="${attribute(url)}" method="post" enctype="multipart/form-data" accept-charset="utf-8">`,
    ...inputs,
    '  <input type="file" name="file" required>',
    `  <button>${attribute(button)}</button>`,
    '</form>',
  ].join('\n')
}
