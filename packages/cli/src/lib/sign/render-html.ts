import type { SignedPost } from '@cosdrop/server'

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** The same post as a form that works without a line of JavaScript. The file is last: COS reads nothing behind it. */
export function renderHtml({ url, fields }: SignedPost, button: string): string {
  const inputs = Object.entries(fields).map(([name, value]) => `  <input type="hidden" name="${attribute(name)}" value="${attribute(value)}">`)
  return [
    `<form action="${attribute(url)}" method="post" enctype="multipart/form-data">`,
    ...inputs,
    '  <input type="file" name="file" required>',
    `  <button>${attribute(button)}</button>`,
    '</form>',
  ].join('\n')
}
