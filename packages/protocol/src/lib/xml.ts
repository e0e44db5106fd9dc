/** An element of a COS document: attributes are dropped, COS uses none. */
export interface XmlElement {
  readonly name: string
  /** Its own text, entities resolved, without surrounding white space when it has children. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

interface OpenElement {
  readonly name: string
  text: string
  readonly children: XmlElement[]
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function codePoint(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return codePoint(Number(decimal))
    if (hex !== undefined) return codePoint(parseInt(hex, 16))
    return ENTITIES[name ?? ''] ?? whole
  })
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => {
    const name = Object.entries(ENTITIES).find(([, value]) => value === character)?.[0]
    return `&${name};`
  })
}

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[^>]*>|<(\/?)([\w:.-]+)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/gy

/**
 * Reads a small XML document: elements, text, CDATA, the five named entities and character references. No document type, no entities of
 * the document's own (so nothing expands), and a declaration without its second `?` is fine: a sample of COS has one (facts §7).
 * `null` when the text is not well formed.
 */
export function readXml(text: string): XmlElement | null {
  const root: OpenElement = { name: '', text: '', children: [] }
  const open: OpenElement[] = [root]
  TOKEN.lastIndex = 0
  const source = text.trim()
  while (TOKEN.lastIndex < source.length) {
    const token = TOKEN.exec(source)
    const current = open.at(-1)
    if (token === null || current === undefined) return null
    const [, cdata, slash, name, , selfClosing, characters] = token
    if (cdata !== undefined) current.text += cdata
    else if (characters !== undefined) current.text += unescape(characters)
    else if (name === undefined) continue
    else if (slash === '/') {
      if (current.name !== name || current === root) return null
      open.pop()
      open.at(-1)?.children.push(close(current))
    } else if (selfClosing === '/') current.children.push({ name, text: '', children: [] })
    else open.push({ name, text: '', children: [] })
  }
  const [only] = root.children
  return open.length === 1 && root.children.length === 1 && root.text.trim() === '' && only !== undefined ? only : null
}

function close(element: OpenElement): XmlElement {
  return element.children.length === 0 ? element : { ...element, text: element.text.trim() }
}

/** The text of the first child with that name; `null` when there is none. */
export function childText(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text ?? null
}
