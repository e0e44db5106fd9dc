import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createReceipts, type ReceiptContent, type ReceiptUse } from './receipt.ts'

const secret = 'a receipt secret of thirty-two ch'
const bucket = 'examplebucket-1250000000'
const content: ReceiptContent = { key: 'uploads/图.png', user: 'ann', min: 10, max: 20, expires: 2000 }
const use: ReceiptUse = { key: content.key, user: 'ann', size: 20, now: 2_000_000 }

describe('a receipt', () => {
  it('is the HMAC of all that it binds, by a key that is used for nothing else', () => {
    const key = createHmac('sha1', secret).update(`cosdrop receipt ${bucket}`).digest()
    // Of the text itself: an HMAC of its SHA-1 would fall with the first two texts that share one.
    const mac = createHmac('sha1', key)
      .update(JSON.stringify([10, 20, 2000, 'ann', content.key]))
      .digest('base64')
    expect(createReceipts(secret, bucket).issue(content)).toBe(`r1.10.20.2000.${mac}`)
  })

  it('opens to what it binds, up to its last second, also after others were issued', () => {
    const receipts = createReceipts(secret, bucket)
    const receipt = receipts.issue(content)
    receipts.issue({ ...content, key: 'another' })
    expect(receipts.open(receipt, use)).toEqual(content)
    expect(() => receipts.open(receipt, { ...use, now: 2_000_001 })).toThrow('has ended')
  })

  it.each<[string, (receipt: string) => [string, Partial<ReceiptUse>]]>([
    ['other sizes', (receipt) => [receipt.replace('.20.', '.21.'), {}]],
    ['a later end', (receipt) => [receipt.replace('.2000.', '.3000.'), {}]],
    ['another key', (receipt) => [receipt, { key: 'uploads/other.png' }]],
    ['another user', (receipt) => [receipt, { user: 'bob' }]],
    ['a file that is too small', (receipt) => [receipt, { size: 9 }]],
    ['a file that is too large', (receipt) => [receipt, { size: 21 }]],
    ['a part of its MAC', (receipt) => [receipt.slice(0, -8), {}]],
    ['something after its MAC', (receipt) => [`${receipt}=`, {}]],
  ])('does not open for %s', (_, change) => {
    const receipts = createReceipts(secret, bucket)
    const [receipt, other] = change(receipts.issue(content))
    expect(() => receipts.open(receipt, { ...use, ...other })).toThrow('does not belong')
  })
})

it('is made with no secret that could be guessed', () => {
  expect(() => createReceipts('x'.repeat(15), 'b-1')).toThrow(expect.objectContaining({ code: 'rules-invalid', details: { field: 'receiptSecret' } }))
  expect(() => createReceipts('x'.repeat(16), 'b-1')).not.toThrow()
})
