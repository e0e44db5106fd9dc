import { expect, it } from 'vitest'
import { multipartBoundary } from './multipart-boundary.ts'

it.each([
  ['multipart/form-data; boundary=----WebKitFormBoundaryZBPbaoYE2gqeB21N', '----WebKitFormBoundaryZBPbaoYE2gqeB21N'],
  ['Multipart/Form-Data;boundary="a b:c"', 'a b:c'],
  ['multipart/form-data; charset=utf-8; boundary=x', 'x'],
  ['multipart/form-data; boundary=x; charset=utf-8', 'x'],
  ['multipart/form-data; charset="utf-8"; boundary="x"', 'x'],
  ['multipart/form-data; a="; boundary=y"; boundary=x', 'x'],
  ['multipart/form-data; boundary="x"; charset="utf-8"', 'x'],
  ['multipart/form-data', null],
  ['multipart/form-data; boundary=', null],
  ['multipart/form-data; boundary=""', null],
  ['multipart/mixed; boundary=x', null],
  ['application/json', null],
  [null, null],
  [`multipart/form-data; boundary=${'a'.repeat(70)}`, 'a'.repeat(70)],
  [`multipart/form-data; boundary=${'a'.repeat(71)}`, null],
  ['multipart/form-data; boundary="ends with blank "', null],
  ['multipart/form-data; boundary="a\r\nb"', null],
])('reads the boundary of %j', (contentType, boundary) => expect(multipartBoundary(contentType)).toBe(boundary))
