import { array, assert, property, uint8Array } from 'fast-check'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyedSha1 } from './keyed-sha1.ts'

const hmacOf = (key: string | Uint8Array, message: string | Uint8Array): string => createHmac('sha1', key).update(message).digest('hex')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('one key for many messages', () => {
  // RFC 2202 §3, test cases 1, 2 and 6.
  it.each([
    ['0b'.repeat(20), 'Hi There', 'b617318655057264e28bc0b6fb378c8ef146be00'],
    [hex(Buffer.from('Jefe')), 'what do ya want for nothing?', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
    ['aa'.repeat(80), 'Test Using Larger Than Block-Size Key - Hash Key First', 'aa4ae5e15272d00e95705637ce8a3b55ed402112'],
  ])('gives the digests of RFC 2202: key %s', (key, message, digest) => {
    expect(hex(keyedSha1(Buffer.from(key, 'hex'))(message))).toBe(digest)
  })

  it('gives the HMAC of Node for each of them, whatever was hashed before', () => {
    const lengths = { maxLength: 200, size: 'max' } as const
    const messages = array(uint8Array(lengths), { minLength: 1, maxLength: 5 })
    assert(
      property(uint8Array(lengths), messages, (key, all) => {
        const mac = keyedSha1(key)
        for (const message of all) expect(hex(mac(message))).toBe(hmacOf(key, message))
      }),
    )
  })

  it('takes texts as their UTF-8, of whatever length: a policy takes two kilobytes, and a key just a block', () => {
    for (const text of ['', 'a', '腾讯云', 'x'.repeat(64), 'é'.repeat(341), 'é'.repeat(342), 'x'.repeat(2000), 'x'.repeat(5000)]) {
      expect(hex(keyedSha1(text)(text))).toBe(hmacOf(text, text))
    }
  })
})
