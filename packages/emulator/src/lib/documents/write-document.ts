import { escapeXml } from '@cosdrop/protocol'

// As references, which the more patient parsers take, and a carriage return would be read as a line feed. Tabs and line feeds stay.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNWRITABLE = /[\0-\x08\x0b-\x1f\ufffe\uffff]/g

/** An element: its name, and its text or its children. `null` children are left out. */
export type DocumentNode = readonly [name: string, content: string | readonly (DocumentNode | null)[]]

function textOf(content: string): string {
  return escapeXml(content).replace(UNWRITABLE, (character) => `&#x${character.charCodeAt(0).toString(16)};`)
}

function writeNode([name, content]: DocumentNode, depth: number): string {
  const indent = '\t'.repeat(depth)
  if (typeof content === 'string') return content === '' ? `${indent}<${name}/>` : `${indent}<${name}>${textOf(content)}</${name}>`
  const children = content.filter((child) => child !== null)
  if (children.length === 0) return `${indent}<${name}/>`
  return [`${indent}<${name}>`, ...children.map((child) => writeNode(child, depth + 1)), `${indent}</${name}>`].join('\n')
}

/** A reply document in COS's form: single quotes in the declaration, LF, one TAB per level, no newline at the end (facts §5). */
export function writeDocument(root: DocumentNode): string {
  return `<?xml version='1.0' encoding='utf-8' ?>\n${writeNode(root, 0)}`
}
