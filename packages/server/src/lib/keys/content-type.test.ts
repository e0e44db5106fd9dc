import { describe, expect, it } from 'vitest'
import { isActive } from './content-type.ts'

describe('what a browser would run is known as such', () => {
  it.each([
    'text/html',
    'application/xhtml+xml',
    'image/svg+xml',
    'text/xml',
    'application/xml',
    'text/javascript',
    'application/javascript',
    'text/css',
    'application/atom+xml',
    'text/html; charset=utf-8',
    // Blink and WebKit take it for XML, and run scripts of XHTML in it.
    'text/xsl',
    // MIME Sniffing, 7: a browser looks into files of these types, and takes what looks like a page for one. Seen in Chromium.
    'unknown/unknown',
    'application/unknown',
    // Firefox does the same for this one.
    'application/x-unknown-content-type',
    // HTML, "JavaScript MIME type".
    'application/x-javascript',
    'text/javascript1.5',
    'application/ecmascript',
    'text/jscript',
    'text/livescript',
  ])('%s', (type) => {
    expect(isActive(type)).toBe(true)
  })

  it.each(['image/png', 'text/plain', 'application/json', 'application/xml-dtd', 'text/html5', 'application/octet-stream', 'application/postscript'])(
    '%s is not',
    (type) => {
      expect(isActive(type)).toBe(false)
    },
  )
})
