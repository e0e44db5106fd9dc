import { readErrorXml } from '@cosdrop/protocol'
import { signRequest } from '@cosdrop/protocol/signature'
import { describe, expect, it } from 'vitest'
import { HOST, NOW, SECRET_ID, SECRET_KEY } from '../conformance/conformance-case.ts'
import { KEY_TIME } from '../conformance/posted-form.ts'
import { createEmulator } from '../emulator.ts'
import { ManualClock } from '../testing/manual-clock.ts'

const TOKEN = "token-with-(odd)-characters!*'"
const CUSTOMER_KEY = 'MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY='
const headers = {
  host: HOST,
  'x-cos-meta-a': 'b c',
  'x-cos-security-token': TOKEN,
  'x-cos-server-side-encryption-customer-key': CUSTOMER_KEY,
}

async function refusedCall(secretKey: string): Promise<{ readonly text: string; readonly stringToSign: string }> {
  const signed = { secretId: SECRET_ID, keyTime: KEY_TIME, method: 'GET', path: '/a', params: [], headers: Object.entries(headers) }
  const { authorization, stringToSign } = signRequest({ ...signed, secretKey })
  const config = { credentials: [{ secretId: SECRET_ID, secretKey: SECRET_KEY, token: TOKEN }] }
  const emulator = createEmulator({ config, clock: new ManualClock(NOW) })
  const reply = await emulator.fetch(new Request(`http://${HOST}/a`, { headers: { ...headers, Authorization: authorization } }))
  return { text: await reply.text(), stringToSign }
}

describe('a wrong signature', () => {
  it('is answered with what was to be signed, so that both sides can be compared', async () => {
    const { text, stringToSign } = await refusedCall('another key')
    const { code, extra } = readErrorXml(text) ?? {}
    expect(code).toBe('SignatureDoesNotMatch')
    expect(extra?.['StringToSign']).toBe(stringToSign)
    expect(extra?.['FormatString']).toMatch(/^get\n\/a\n\nhost=.*&x-cos-meta-a=b%20c&/)
  })

  it('shows no token and no key of the caller', async () => {
    const { text } = await refusedCall('another key')
    for (const secret of [TOKEN, CUSTOMER_KEY]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(encodeURIComponent(secret))
    }
    expect(text).not.toContain('odd')
    expect(text).toContain('x-cos-security-token=hidden')
  })

  it('is no matter of secrets when the key is right', async () => {
    expect((await refusedCall(SECRET_KEY)).text).toContain('<Code>NoSuchKey</Code>')
  })
})
