import { describe, expect, it } from 'vitest'
import { en } from '../messages/en.ts'
import { zhCN } from '../messages/zh-cn.ts'
import { acceptWords } from './accept-words.ts'
import { createFormat } from './format.ts'

const words = (accept: Parameters<typeof acceptWords>[0]) => acceptWords(accept, en, createFormat('en', en.units))

describe('what may be added, in words', () => {
  it.each([
    [{ 'image/*': [], 'application/pdf': ['.pdf'] }, 'Images and PDF'],
    [{ 'image/*': ['.heic'] }, 'Images'],
    ['image/*,.pdf', 'Images and PDF'],
    ['video/*, audio/*, .srt', 'Videos, Audio, and SRT'],
    [{ 'application/vnd.ms-excel': ['.xls', '.csv'] }, 'XLS and CSV'],
    ['.pdf,application/pdf', 'PDF'],
    ['IMAGE/*, .PDF', 'Images and PDF'],
    ['image/* .pdf', 'Images and PDF'],
    ['font/*, model/*, text/*', 'FONT, MODEL, and Text'],
    [{ 'application/*': [] }, 'APPLICATION'],
    ['*.pdf, jpg, .tar.gz', 'PDF, JPG, and TAR.GZ'],
  ])('%o reads %s', (accept, text) => expect(words(accept)).toBe(text))

  it.each([
    ['image/svg+xml', 'SVG'],
    [{ 'image/svg+xml': ['.svg'] }, 'SVG'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'DOCX'],
    ['application/msword, application/vnd.ms-excel', 'WORD and EXCEL'],
    ['application/epub+zip, image/x-icon', 'EPUB and ICON'],
    ['application/vnd.oasis.opendocument.text', 'OPENDOCUMENT.TEXT'],
    ['image/jpeg,.jpg', 'JPG'],
    ['.msg', 'MSG'],
    ['.x-t', 'X-T'],
    ['text/plain', 'Text'],
    [{ 'text/plain': ['.txt', '.log'], 'application/pdf': ['.pdf'] }, 'Text and PDF'],
  ])('%o reads as people call it, %s', (accept, text) => expect(words(accept)).toBe(text))

  it('is nothing where everything may be', () => {
    expect(words(undefined)).toBeNull()
    expect(words('')).toBeNull()
    expect(words('*/*')).toBeNull()
    expect(words('*')).toBeNull()
    expect(words('*.*')).toBeNull()
  })

  it('is in the widget’s language', () => {
    expect(acceptWords('image/*,.pdf', zhCN, createFormat('zh-CN', zhCN.units))).toBe('图片和PDF')
    expect(zhCN.dropRefused('图片和PDF')).toBe('此处只能上传图片和 PDF')
    expect(acceptWords('text/plain', zhCN, createFormat('zh-CN', zhCN.units))).toBe('文本')
  })
})
