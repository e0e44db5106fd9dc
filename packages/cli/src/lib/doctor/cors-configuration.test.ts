import { describe, expect, it } from 'vitest'
import { corsJson, readCorsXml, writeCorsXml } from './cors-configuration.ts'

const XML = `<?xml version='1.0' encoding='utf-8' ?>
<CORSConfiguration>
  <CORSRule>
    <ID>app &amp; admin</ID>
    <AllowedOrigin>https://app.example.com</AllowedOrigin>
    <AllowedOrigin>https://*.example.org</AllowedOrigin>
    <AllowedMethod>POST</AllowedMethod>
    <AllowedHeader>*</AllowedHeader>
    <ExposeHeader>ETag</ExposeHeader>
    <MaxAgeSeconds>600</MaxAgeSeconds>
    <SomethingNew><Deep>1</Deep></SomethingNew>
  </CORSRule>
  <ResponseVary>true</ResponseVary>
</CORSConfiguration>`

describe('the rules of a bucket', () => {
  it('are read whole, with what this version does not know', () => {
    expect(readCorsXml(XML)).toMatchObject({
      rules: [
        {
          id: 'app & admin',
          origins: ['https://app.example.com', 'https://*.example.org'],
          methods: ['POST'],
          allowedHeaders: ['*'],
          exposeHeaders: ['ETag'],
          maxAgeSeconds: 600,
          others: [{ name: 'SomethingNew' }],
        },
      ],
      others: [{ name: 'ResponseVary', text: 'true' }],
    })
  })

  it('are written back without loss', () => {
    const configuration = readCorsXml(XML)!
    const written = writeCorsXml(configuration)
    expect(readCorsXml(written)).toEqual(configuration)
    expect(written).toContain('<Deep>1</Deep>')
    expect(written).toContain('app &amp; admin')
  })

  it('can be pasted into putBucketCors of the SDKs', () => {
    expect(corsJson(readCorsXml(XML)!)).toEqual({
      CORSRules: [
        {
          ID: 'app & admin',
          AllowedOrigin: ['https://app.example.com', 'https://*.example.org'],
          AllowedMethod: ['POST'],
          AllowedHeader: ['*'],
          ExposeHeader: ['ETag'],
          MaxAgeSeconds: '600',
        },
      ],
      ResponseVary: 'true',
    })
  })

  it('are not mistaken for an error or a web page', () => {
    expect(readCorsXml('<Error><Code>AccessDenied</Code></Error>')).toBeNull()
    expect(readCorsXml('<html>')).toBeNull()
  })
})
