import { describe, expect, it } from 'vitest'
import { decodePolicy, decodePolicyBytes } from '../policy/parse-policy.ts'
import { encodePolicy } from '../policy/build-policy.ts'
import { utf8 } from '../utf8.ts'
import vectors from '../vectors.json' with { type: 'json' }
import { hmacSha1Hex, sha1Hex } from './sha1.ts'
import { createPolicySigner, createPrefixedPolicySigner, signPolicy } from './sign-policy.ts'

const { documentedExample, negativeControls, selfComputed } = vectors.postPolicy

describe('a policy is signed as COS signs it', () => {
  it.each([{ id: 'documented example', ...documentedExample }, ...selfComputed])('$id', (vector) => {
    const policy = decodePolicy(vector.policyBase64)
    expect(policy).toBe(vector.policyText)
    expect(encodePolicy(vector.policyText)).toBe(vector.policyBase64)
    const expected = { signKey: vector.signKey, stringToSign: vector.stringToSign, signature: vector.signature }
    expect(signPolicy({ ...vector, policy })).toEqual(expected)
    expect(signPolicy({ ...vector, policy: decodePolicyBytes(vector.policyBase64) })).toEqual(expected)
    expect(createPolicySigner(vector.secretKey, vector.keyTime)(policy)).toBe(vector.signature)
  })

  it('reproduces the documented form fields', () => {
    expect(utf8(documentedExample.policyText).length).toBe(documentedExample.policyUtf8Bytes)
    expect(documentedExample.formFields).toEqual({
      policy: encodePolicy(documentedExample.policyText),
      'q-sign-algorithm': 'sha1',
      'q-ak': documentedExample.secretId,
      'q-key-time': documentedExample.keyTime,
      'q-signature': signPolicy({ ...documentedExample, policy: documentedExample.policyText }).signature,
    })
  })

  it.each([0, 1, 63, 64, 65, 200, 555])('signs the same when the first %i characters were hashed before', (at) => {
    const text = documentedExample.policyText
    const sign = createPrefixedPolicySigner(documentedExample.secretKey, documentedExample.keyTime)(text.slice(0, at))
    sign('another policy')
    expect(sign(text.slice(at))).toBe(documentedExample.signature)
  })

  it('keeps the signer usable for many policies', () => {
    const sign = createPolicySigner(documentedExample.secretKey, documentedExample.keyTime)
    sign('another policy')
    expect(sign(documentedExample.policyText)).toBe(documentedExample.signature)
  })
})

describe('the usual mistakes give other signatures', () => {
  const { secretKey, keyTime, policyText, policyBase64, signKey, stringToSign, signature } = documentedExample
  const [base64Signed, minified, prose, rawKey, rawString] = negativeControls

  it(`${base64Signed?.what}`, () => {
    expect(sha1Hex(policyBase64)).toBe(base64Signed?.stringToSign)
    expect(signPolicy({ secretKey, keyTime, policy: policyBase64 }).signature).toBe(base64Signed?.signature)
    expect(base64Signed?.mustNotEqual).toBe(signature)
  })

  it(`${minified?.what}`, () => {
    const policy = JSON.stringify(JSON.parse(policyText))
    expect(policy).toBe(minified?.policyText)
    expect(encodePolicy(policy)).toBe(minified?.policyBase64)
    expect(signPolicy({ secretKey, keyTime, policy })).toMatchObject({ stringToSign: minified?.stringToSign, signature: minified?.signature })
    expect(minified?.signature).not.toBe(signature)
  })

  it(`${prose?.what}`, () => {
    const asPrinted = policyText.replaceAll('\n        ', '\n      ').replaceAll('\n    "', '\n  "').replace('\n    ]', '\n  ]')
    expect(asPrinted).not.toBe(policyText)
    expect(prose?.note).toContain(sha1Hex(asPrinted))
    expect(sha1Hex(asPrinted)).not.toBe(stringToSign)
  })

  it(`${rawKey?.what}`, async () => {
    expect(await hmacSha1OfBytes(hexBytes(signKey), utf8(stringToSign))).toBe(rawKey?.signature)
    expect(rawKey?.signature).not.toBe(signature)
  })

  it(`${rawString?.what}`, () => {
    expect(hmacSha1Hex(signKey, hexBytes(stringToSign))).toBe(rawString?.signature)
    expect(rawString?.signature).not.toBe(signature)
  })
})

function hexBytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

/** A second implementation: the platform's, not ours. */
async function hmacSha1OfBytes(key: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>): Promise<string> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  return Buffer.from(await crypto.subtle.sign('HMAC', imported, message)).toString('hex')
}
