import { readXml, type XmlElement } from '@cosdrop/protocol'
import { malformedXml } from './malformed-xml.ts'

/** Reads a request's XML. Bytes that are not UTF-8 are no XML here. @throws {CosError} MalformedXML */
export function readDocument(bytes: Uint8Array, rootNames: readonly string[]): XmlElement {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw malformedXml('The body is XML in UTF-8.', 'other bytes', 'Encode the document as UTF-8.', cause)
  }
  const root = readXml(text)
  if (root === null) {
    throw malformedXml('The body is well-formed XML without a document type.', null, 'Close every element, and leave <!DOCTYPE> and entities out.')
  }
  if (!rootNames.includes(root.name)) {
    throw malformedXml(`The document's root is ${rootNames.join(' or ')}.`, root.name, `Send <${rootNames[0] ?? ''}> to this address.`)
  }
  return root
}

/** The texts of all children with that name, in their order. */
export function childTexts(element: XmlElement, name: string): readonly string[] {
  return element.children.filter((child) => child.name === name).map((child) => child.text.trim())
}
