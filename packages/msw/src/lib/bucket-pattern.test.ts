import { expect, it } from 'vitest'
import { bucketPattern } from './bucket-pattern.ts'

const pattern = bucketPattern(['http://127.0.0.1:9000/'])

it.each([
  'https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/',
  'https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/a/b.png?versionId=1',
  'http://films-1250000000.cos.eu-frankfurt.tencentcos.cn/',
  'http://films-1250000000.cos.ap-guangzhou.localhost:9000/x',
  'https://photos-1250000000.cos.accelerate.myqcloud.com/x',
  'http://127.0.0.1:9000/photos-1250000000/a',
  'http://127.0.0.1:9000',
])('answers %s', (url) => expect(pattern.test(url)).toBe(true))

it.each([
  'https://example.com/photos-1250000000.cos.ap-guangzhou.myqcloud.com/',
  'https://photos-1250000000.example.com/',
  'https://cos.ap-guangzhou.myqcloud.com/',
  'http://127.0.0.1:90001/photos-1250000000/a',
  'http://127.0.0.1:3000/photos-1250000000/a',
  'http://app.test/?next=http://127.0.0.1:9000/',
])('leaves %s to the app', (url) => expect(pattern.test(url)).toBe(false))
