import { describe, expect, it } from 'vitest'
import { knownContentType } from './content-type-table.ts'

describe('the type of a file by its extension', () => {
  it.each([
    ['pdf', 'application/pdf'],
    ['xhtml', 'application/xhtml+xml'],
    ['apk', 'application/vnd.android.package-archive'],
    ['rar', 'application/vnd.rar'],
    ['pages', 'application/vnd.apple.pages'],
    ['xls', 'application/vnd.ms-excel'],
    ['odt', 'application/vnd.oasis.opendocument.text'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['opus', 'audio/ogg'],
    ['woff2', 'font/woff2'],
    ['jpg', 'image/jpeg'],
    ['jfif', 'image/jpeg'],
    ['png', 'image/png'],
    ['glb', 'model/gltf-binary'],
    ['log', 'text/plain'],
    ['avi', 'video/x-msvideo'],
  ])('%s is %s', (extension, type) => {
    expect(knownContentType(extension)).toBe(type)
  })

  it.each(['', 'exe', 'application/', 'jpg,jpeg', 'vnd.rar'])('of "%s" is not known', (extension) => {
    expect(knownContentType(extension)).toBeUndefined()
  })
})
