const office = 'application/vnd.openxmlformats-officedocument.'

/**
 * The types of extensions that systems leave without one or name oddly: Windows calls .csv application/vnd.ms-excel once Excel is
 * installed, and knows no HEIC; Firefox has audio/x-wav for .wav and application/ogg for .ogg everywhere. A short list on purpose; what a system
 * does know, it tells the browser.
 */
export const extensionTypes: Readonly<Record<string, string>> = {
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
  ogg: 'audio/ogg',
  pptx: `${office}presentationml.presentation`,
  wav: 'audio/wav',
  xlsx: `${office}spreadsheetml.sheet`,
  xml: 'application/xml',
  zip: 'application/zip',
}
