import { createUploader, type FileRejection, type Restrictions } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { createFormat } from './format/format.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-cn.ts'
import { rejectionSentences } from './rejection-sentences.ts'

const rejected = (name: string, code: string, message = code): FileRejection => ({ file: new Blob(), name, errors: [{ code, message }] })
const restrictions = { accept: 'image/*,.pdf' }
/** Files of one byte, as an uploader with these rules refuses them. */
function refused(rules: Restrictions, ...names: readonly string[]): readonly FileRejection[] {
  const uploader = createUploader({ policy: '', autoUpload: false, restrictions: rules })
  uploader.add(names.map((name) => new File(['x'], name)))
  return uploader.getSnapshot().rejections
}
// Without how many there are and the isolates around names, and with plain spaces: as it is read.
const read = ([, ...sentences]: readonly string[]) =>
  sentences.map((sentence) => sentence.replaceAll(/[\u2068\u2069]/gu, '').replaceAll('\u00a0', ' '))
const inEnglish = (rejections: readonly FileRejection[]) => read(rejectionSentences(rejections, restrictions, en, createFormat('en', en.units)))

describe('why files were not added', () => {
  it('is one sentence for each reason, with the limit in it', () => {
    expect(
      inEnglish([...refused(restrictions, 'a.exe'), ...refused({ minSize: 20 * 1024 ** 2 }, 'b.png'), ...refused(restrictions, 'c.exe')]),
    ).toEqual(['a.exe and c.exe: only images and PDF can be added.', 'b.png: smaller than 20 MB.'])
  })

  it('names two of many', () => {
    expect(inEnglish(refused({ maxFiles: 2 }, '1', '2', 'a', 'b', 'c', 'd'))).toEqual(['a, b and 2 more: the list takes 2 files at most.'])
    expect(inEnglish(refused({ maxFiles: 2 }, '1', '2', 'a', 'b', 'c'))).toEqual(['a, b and c: the list takes 2 files at most.'])
  })

  it.each<[Restrictions, string]>([
    [{ maxSize: 0 }, 'a: larger than 0 B.'],
    [{ minSize: 5 * 1024 }, 'a: smaller than 5 KB.'],
    [{ maxFiles: 0 }, 'a: the list takes 0 files at most.'],
    [{ maxTotalSize: 0 }, 'a: all files together may have 0 B.'],
  ])('has the uploader’s limit where the widget was handed none: %o', (rules, sentence) => {
    expect(inEnglish(refused(rules, 'a'))).toEqual([sentence])
    expect(inEnglish(refused(rules, 'at noon 7'))).toEqual([sentence.replace('a', 'at noon 7')])
  })

  it('is the app’s own sentence for the app’s own rule', () => {
    expect(
      inEnglish([rejected('a.png', 'portrait-only', 'Only portraits, please.'), rejected('b.png', 'portrait-only', 'Only portraits, please.')]),
    ).toEqual(['a.png and b.png: Only portraits, please.'])
  })

  it.each([
    ['file-too-large', 'Videos: at most 50 MB.'],
    ['file-invalid-type', 'This is no photo, whatever it is called.'],
  ])('is the app’s own sentence also where its rule is called as one of ours is: %s', (code, message) => {
    expect(inEnglish([rejected('a.png', code, message)])).toEqual([`a.png: ${message}`])
  })

  it('is no page of text where the app has another reason for each of many files', () => {
    const many = Array.from({ length: 1000 }, (_, index) => rejected(`${index}.png`, 'too-dark', `Brightness ${index}.`))
    expect(inEnglish(many)).toEqual([...[0, 1, 2, 3, 4].map((index) => `${index}.png: Brightness ${index}.`), '…'])
    expect(inEnglish(many.slice(0, 5))).not.toContain('…')
  })

  it('does not blame a file for what the app could not do', () => {
    expect(inEnglish([rejected('a.png', 'prepare-failed', 'TypeError: x is undefined')])).toEqual(['a.png: could not be prepared for the upload.'])
  })

  it('reads well in Chinese', () => {
    expect(read(rejectionSentences(refused(restrictions, 'a.exe'), restrictions, zhCN, createFormat('zh-CN', zhCN.units)))).toEqual([
      'a.exe：只能添加图片和 PDF。',
    ])
  })
})
