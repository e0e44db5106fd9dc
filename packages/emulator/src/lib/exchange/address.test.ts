import { describe, expect, it } from 'vitest'
import { readAddress } from './address.ts'

const BUCKET = 'examplebucket-1250000000'
const HOST = `${BUCKET}.cos.ap-guangzhou.myqcloud.com`

describe('an address', () => {
  it.each([
    [HOST, '/folder/a%20b+c', { bucket: BUCKET, region: 'ap-guangzhou', key: 'folder/a b+c', path: '/folder/a b+c', base: HOST }],
    [HOST, '/', { bucket: BUCKET, key: null, base: HOST }],
    ['127.0.0.1:9000', `/${BUCKET}/folder/a`, { bucket: BUCKET, region: null, key: 'folder/a', base: `127.0.0.1:9000/${BUCKET}` }],
    ['127.0.0.1:9000', `/${BUCKET}/`, { bucket: BUCKET, key: null, path: `/${BUCKET}/` }],
    ['127.0.0.1:9000', `/${BUCKET}`, { bucket: BUCKET, key: null }],
    ['127.0.0.1:9000', '/', { bucket: null, key: null, base: '127.0.0.1:9000' }],
    ['127.0.0.1:9000', '*', { bucket: null, key: null, base: '127.0.0.1:9000' }],
  ])('of %s%s is read as its host says', (host, target, expected) => {
    expect(readAddress({ host, target })).toMatchObject({ accelerate: false, params: [], ...expected })
  })

  it('has its parameters in the order of the wire, with or without a value', () => {
    expect(readAddress({ host: HOST, target: '/a?acl&prefix=a+b%2Bc=d?&&delimiter=' }).params).toEqual([
      ['acl', ''],
      ['prefix', 'a b+c=d?'],
      ['delimiter', ''],
    ])
  })
})
