import { expect, it } from 'vitest'
import { cutReply } from './spoil-reply.ts'

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const text of texts) yield new TextEncoder().encode(text)
}

async function readUntilCut(afterBytes: number): Promise<string> {
  const { body } = cutReply({ status: 200, headers: {}, body: chunks('ab', 'cd', 'ef') }, afterBytes)
  if (body === null || ArrayBuffer.isView(body)) throw new Error('not streamed')
  let text = ''
  try {
    for await (const bytes of body) text += `${new TextDecoder().decode(bytes)}|`
    return `${text}whole`
  } catch {
    return `${text}cut`
  }
}

it('a reply breaks off at the very byte, wherever its pieces end', async () => {
  expect(await readUntilCut(0)).toBe('cut')
  expect(await readUntilCut(2)).toBe('ab|cut')
  expect(await readUntilCut(3)).toBe('ab|c|cut')
  expect(await readUntilCut(6)).toBe('ab|cd|ef|whole')
})
