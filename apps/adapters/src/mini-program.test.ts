import { request } from 'node:http'
import { once } from 'node:events'
import { demoConfig } from '@cosdrop/emulator'
import { startEmulator, type RunningEmulator } from '@cosdrop/emulator/node'
import { createCosClient } from '@cosdrop/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyOf } from './policy.ts'
import type { MiniProgram } from './mini-program-api.ts'
import { uploadFile } from './mini-program.ts'

const [{ secretId, secretKey } = { secretId: '', secretKey: '' }] = demoConfig.credentials
const [{ name: bucket, region } = { name: '', region: '' }] = demoConfig.buckets
const PHOTO = Buffer.from('bytes of a photo, \r\n--in the middle of which\u0000 anything may stand')

let cos: RunningEmulator
beforeAll(async () => {
  cos = await startEmulator({ config: demoConfig })
})
afterAll(() => cos.close())

/** The body of wx.uploadFile: the fields of formData first, in their order, then the one file under `name`. */
function bodyOf({ formData, name, filePath }: Parameters<MiniProgram['uploadFile']>[0], boundary: string): Buffer {
  const fields = Object.entries(formData).map(
    ([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const filename = filePath.split('/').at(-1)
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: image/jpeg\r\n\r\n`
  return Buffer.concat([Buffer.from(fields.join('') + file), PHOTO, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

/** A mini program's `wx`, over plain HTTP: no browser, no fetch, no FormData, no Origin. */
function wxOver(endpoint: (request: Request) => Promise<Response>, posted: { body: string }): MiniProgram {
  return {
    request({ url, data, header, success, fail }) {
      endpoint(new Request(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...header }, body: JSON.stringify(data) }))
        .then(async (reply) => success({ statusCode: reply.status, data: await reply.json() }))
        .catch((error: unknown) => fail({ errMsg: String(error) }))
    },
    uploadFile(options) {
      const boundary = '----WechatMiniProgramBoundary7Qm2'
      const body = bodyOf(options, boundary)
      posted.body = body.toString('latin1')
      const sending = request(options.url, {
        method: 'POST',
        headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': body.length, 'User-Agent': 'MicroMessenger' },
      })
      sending.end(body)
      once(sending, 'response')
        .then(([response]) => {
          response.resume()
          options.success({ statusCode: response.statusCode, data: '' })
        })
        .catch((error: unknown) => options.fail({ errMsg: String(error) }))
    },
  }
}

describe('a mini program', () => {
  const endpoint = (): ReturnType<typeof policyOf> =>
    policyOf({ COS_SECRET_ID: secretId, COS_SECRET_KEY: secretKey, COS_ENDPOINT: `${cos.url}/${bucket}/` })
  const photo = { filePath: 'wxfile://tmp/photo.jpg', size: PHOTO.length }

  it('uploads through the same policy endpoint as pages, with wx.uploadFile', async () => {
    const posted = { body: '' }
    const key = await uploadFile(wxOver(endpoint(), posted), 'ada', photo)
    const head = await createCosClient({ bucket, region, endpoint: `${cos.url}/${bucket}/`, credentials: { secretId, secretKey } }).headObject(key)
    expect(head).toMatchObject({ size: PHOTO.length, contentType: 'image/jpeg' })
    // COS reads no field behind the file.
    expect(posted.body.lastIndexOf('name="q-signature"')).toBeLessThan(posted.body.indexOf('name="file"'))
  })

  it('learns why the endpoint refused', async () => {
    await expect(uploadFile(wxOver(endpoint(), { body: '' }), 'nobody', photo)).rejects.toThrow('You may not upload here.')
  })

  it('learns that COS refused, with the status', async () => {
    const liar = { ...photo, size: PHOTO.length + 1 }
    await expect(uploadFile(wxOver(endpoint(), { body: '' }), 'ada', liar)).rejects.toThrow('400')
  })
})
