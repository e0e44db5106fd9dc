// Types that systems leave empty or name oddly: Windows calls .csv application/vnd.ms-excel once Excel is installed, and knows no HEIC.
// A short list on purpose; what a system does know, it tells the browser.
const office = 'application/vnd.openxmlformats-officedocument.'
const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  docx: `${office}wordprocessingml.document`,
  heic: 'image/heic',
  heif: 'image/heif',
  jpg: 'image/jpeg',
  json: 'application/json',
  m4a: 'audio/mp4',
  md: 'text/markdown',
  mkv: 'video/x-matroska',
  mp3: 'audio/mpeg',
  pptx: `${office}presentationml.presentation`,
  xlsx: `${office}spreadsheetml.sheet`,
  xml: 'application/xml',
  zip: 'application/zip',
}

/** The usual MIME type of a name's extension, for the extensions that systems often get wrong; else `null`. */
export function extensionType(name: string): string | null {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return Object.hasOwn(types, extension) ? (types[extension] ?? null) : null
}

/** The extension of such a type, with its dot; else `null`. */
export function typeExtension(type: string): string | null {
  const extension = Object.keys(types).find((key) => types[key] === type)
  return extension ? `.${extension}` : null
}
