import { describe, expect, it } from 'vitest'
import { checkFieldValue } from './check-field-value.ts'
import { FORM_FIELDS, formField } from './form-field.ts'
import { checkObjectKey } from './object-key.ts'
import vectors from './vectors.json' with { type: 'json' }

// The three tables of official/post-object.txt, typed from the page.
const DOCUMENTED = `key Cache-Control Content-Disposition Content-Encoding Content-Type Expires success_action_redirect success_action_status x-cos-meta-*
x-cos-storage-class x-cos-traffic-limit Content-MD5 file acl x-cos-grant-read x-cos-grant-read-acp x-cos-grant-write-acp x-cos-grant-full-control
x-cos-server-side-encryption x-cos-server-side-encryption-customer-algorithm x-cos-server-side-encryption-cos-kms-key-id x-cos-server-side-encryption-context
x-cos-server-side-encryption-customer-key x-cos-server-side-encryption-customer-key-MD5 x-cos-security-token policy q-sign-algorithm q-ak q-key-time q-signature`

describe('every form field of the page is known', () => {
  it('with nothing more and nothing less', () => {
    expect(FORM_FIELDS.filter((field) => field.source === 'documented').map((field) => field.name)).toEqual(DOCUMENTED.split(/\s+/))
  })

  it('and the ones that a form must have', () => {
    const required = FORM_FIELDS.filter((field) => field.required).map((field) => field.name)
    expect(required).toEqual(['key', 'file', 'policy', 'q-sign-algorithm', 'q-ak', 'q-key-time', 'q-signature'])
  })

  it.each(vectors.documentedExamples)('and those of example $example pass the limits', ({ fields }) => {
    for (const { name, value } of fields) {
      expect(formField(name), name).not.toBeNull()
      if (name !== 'file' && !value.includes('****')) expect(checkFieldValue(name, value)).toBeNull()
    }
  })

  it('in any case', () => {
    expect(formField('ACL')?.name).toBe('acl')
    expect(formField('X-Cos-Meta-Album')?.name).toBe('x-cos-meta-*')
    expect(formField('x-cos-meta-')).toBeNull()
    expect(formField('nonsense')).toBeNull()
  })
})

describe('a value outside its documented limits is named', () => {
  it.each([
    ['nonsense', 'a', 'unknown-field'],
    ['key', '', 'bad-value'],
    ['key', '/a', 'bad-value'],
    ['key', 'é'.repeat(426), 'too-long'],
    ['success_action_status', '202', 'bad-value'],
    ['success_action_redirect', 'javascript:alert(1)', 'bad-value'],
    ['success_action_redirect', 'https://my.website/\r\nX-Injected: 1', 'bad-value'],
    ['success_action_redirect', 'https://my.website/\u0001', 'bad-value'],
    ['success_action_redirect', '/relative', 'bad-value'],
    // At a bucket with https a browser takes these for addresses below the bucket.
    ['success_action_redirect', 'https:/my.website/done', 'bad-value'],
    ['success_action_redirect', 'https:done', 'bad-value'],
    ['success_action_redirect', 'https://', 'bad-value'],
    ['x-cos-meta-a_b', 'x', 'bad-name'],
    ['x-cos-meta-a', 'x'.repeat(2037), 'too-long'],
    ['x-cos-storage-class', 'COLD', 'bad-value'],
    ['x-cos-traffic-limit', '819199', 'out-of-range'],
    ['x-cos-traffic-limit', '838860801', 'out-of-range'],
    ['x-cos-traffic-limit', '1e6', 'out-of-range'],
    ['Content-MD5', 'abc', 'bad-value'],
    ['acl', 'public-read-write', 'bad-value'],
    ['x-cos-grant-read', 'id=1', 'bad-value'],
    ['x-cos-grant-read', 'uri="all" id="1"', 'bad-value'],
    ['x-cos-grant-read', 'id="1",uri="all"', 'bad-value'],
    ['x-cos-grant-read', 'id="1/"', 'bad-value'],
    ['x-cos-grant-read', 'id="qcs::cam::uin/1"', 'bad-value'],
    ['x-cos-server-side-encryption', 'DES', 'bad-value'],
    ['x-cos-server-side-encryption-context', 'YQ==', 'bad-value'],
    ['x-cos-server-side-encryption-customer-key', 'c2hvcnQ=', 'bad-value'],
    ['x-cos-server-side-encryption-customer-key-MD5', 'c2hvcnQ=', 'bad-value'],
    ['q-sign-algorithm', 'md5', 'bad-value'],
  ])('%s: %s is %s', (name, value, code) => {
    expect(checkFieldValue(name, value)?.code).toBe(code)
  })

  it.each([
    ['acl', ''],
    ['acl', 'default'],
    ['key', 'é'.repeat(425)],
    ['x-cos-traffic-limit', '819200'],
    ['x-cos-traffic-limit', '838860800'],
    ['x-cos-grant-read', 'id="100000000001",id="100000000002"'],
    ['x-cos-grant-read-acp', 'id="100000000001/100000000011"'],
    ['x-cos-grant-read', 'id="qcs::cam::uin/100000000001:uin/100000000001", id="qcs::cam::uin/100000000001:uin/100000000011"'],
    ['x-cos-server-side-encryption-context', vectors.sseC.contextSample.base64],
    ['x-cos-server-side-encryption-customer-key', vectors.sseC.keyBase64],
    ['x-cos-server-side-encryption-customer-key-MD5', vectors.sseC.keyMd5Base64],
    ['Content-MD5', '7o3pGNBWQBRbGPcPTDqmAg=='],
    ['x-cos-meta-with-minus', 'under_score in the value'],
    ['x-cos-meta-a', 'x'.repeat(2036)],
  ])('%s: %s is fine', (name, value) => {
    expect(checkFieldValue(name, value)).toBeNull()
  })

  it.each(['no Base64', btoa('null'), btoa('"text"'), btoa('["a"]'), btoa('{"a":1}'), btoa('{"a":"\xff"}')])(
    'x-cos-server-side-encryption-context: %s is no object of texts',
    (value) => {
      expect(checkFieldValue('x-cos-server-side-encryption-context', value)?.code).toBe('bad-value')
    },
  )

  it('together with the field and the value', () => {
    expect(checkFieldValue('acl', 'everyone')).toMatchObject({ field: 'acl', message: expect.stringContaining('"everyone"') })
  })

  it('without showing a secret', () => {
    expect(checkFieldValue('x-cos-server-side-encryption-customer-key', 'hunter2')?.message).not.toContain('hunter2')
  })
})

describe('object keys', () => {
  it.each([
    ['', 'empty'],
    ['/a', 'leading-slash'],
    ['\\a', 'leading-slash'],
    ['a\u001bb', 'control-character'],
    ['a'.repeat(851), 'too-long'],
  ])('%j is refused as %s', (key, code) => {
    expect(checkObjectKey(key)?.code).toBe(code)
  })

  it.each(['a', 'a/b', '../a', 'a//b', '目录/文件 (1)+😀.jpg', 'a'.repeat(850)])('%j is allowed', (key) => {
    expect(checkObjectKey(key)).toBeNull()
  })
})
