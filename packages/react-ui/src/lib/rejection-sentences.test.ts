import type { FileRejection } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { createFormat } from './format/format.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-cn.ts'
import { rejectionSentences } from './rejection-sentences.ts'

const rejected = (name: string, code: string, message = code): FileRejection => ({ file: new Blob(), name, errors: [{ code, message }] })
const restrictions = { accept: 'image/*,.pdf', maxSize: 20 * 1024 ** 2, maxFiles: 50 }
// Without how many there are and the isolates around names, and with plain spaces: as it is read.
const read = ([, ...sentences]: readonly string[]) =>
  sentences.map((sentence) => sentence.replaceAll(/[\u2068\u2069]/gu, '').replaceAll('\u00a0', ' '))
const inEnglish = (rejections: readonly FileRejection[]) => read(rejectionSentences(rejections, restrictions, en, createFormat('en', en.units)))

describe('why files were not added', () => {
  it('is one sentence for each reason, with the limit in it', () => {
    expect(inEnglish([rejected('a.exe', 'file-invalid-type'), rejected('b.png', 'file-too-large'), rejected('c.exe', 'file-invalid-type')])).toEqual([
      'a.exe and c.exe: only images and PDF can be added.',
      'b.png: larger than 20 MB.',
    ])
  })

  it('names two of many', () => {
    expect(inEnglish(['a', 'b', 'c', 'd'].map((name) => rejected(name, 'too-many-files')))).toEqual([
      'a, b and 2 more: the list takes 50 files at most.',
    ])
    expect(inEnglish(['a', 'b', 'c'].map((name) => rejected(name, 'too-many-files')))).toEqual(['a, b and c: the list takes 50 files at most.'])
  })

  it('is the app’s own sentence for the app’s own rule', () => {
    expect(
      inEnglish([rejected('a.png', 'portrait-only', 'Only portraits, please.'), rejected('b.png', 'portrait-only', 'Only portraits, please.')]),
    ).toEqual(['a.png and b.png: Only portraits, please.'])
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
    expect(read(rejectionSentences([rejected('a.exe', 'file-invalid-type')], restrictions, zhCN, createFormat('zh-CN', zhCN.units)))).toEqual([
      'a.exe：只能添加图片和 PDF。',
    ])
  })
})
