import { CosUploadError, type UploadItem } from '@cosdrop/core'
import { describe, expect, it } from 'vitest'
import { createFormat } from '../format/format.ts'
import { en } from './en.ts'
import type { ErrorContext, ErrorText } from './messages.ts'
import { zhCN } from './zh-cn.ts'

const MB = 1024 ** 2
const item: UploadItem = { id: '1', file: new Blob(), name: 'a.pdf', size: 31 * MB, type: '', relativePath: null, priority: 0, status: 'canceled' }

const service = {
  status: 400,
  problem: 'other' as const,
  serviceCode: null,
  serviceMessage: null,
  requestId: null,
  traceId: null,
  resource: null,
  retryAfter: null,
}
const errors = [
  new CosUploadError('policy-unreachable', '', { url: null, status: null, retryAfter: null }),
  new CosUploadError('policy-unreachable', '', { url: null, status: 500, retryAfter: null }),
  new CosUploadError('policy-refused', '', { url: null, status: 403, serverCode: null, serverMessage: null }),
  new CosUploadError('policy-malformed', '', { url: null, status: 200, problem: 'HTML instead of JSON' }),
  new CosUploadError('policy-expired', '', { expiresAt: null }),
  new CosUploadError('policy-mismatch', '', { field: 'acl', condition: '', expected: 'private', actual: null }),
  new CosUploadError('policy-mismatch', '', { field: 'acl', condition: '', expected: 'private', actual: 'public-read' }),
  new CosUploadError('policy-mismatch', '', { field: 'content-length-range', condition: '', expected: `0 to ${20 * MB} bytes`, actual: '' }),
  new CosUploadError('policy-mismatch', '', { field: 'content-length-range', condition: '', expected: `${40 * MB} to ${50 * MB} bytes`, actual: '' }),
  new CosUploadError('form-invalid', '', { field: 'key', problem: 'it is missing' }),
  ...([null, 'offline', 'unreachable', 'cors', 'csp', 'mixed-content', 'landing-cors'] as const).map(
    (probe) => new CosUploadError('network', '', { probe, url: '' }),
  ),
  new CosUploadError('stalled', '', { idleMs: 30_000, sent: 1 }),
  new CosUploadError('outcome-unknown', '', { probe: null, url: '', key: '' }),
  ...(
    ['expired', 'busy', 'timeout', 'clock', 'credentials', 'signature', 'condition', 'size', 'digest', 'cors', 'bucket', 'denied', 'other'] as const
  ).map((problem) => new CosUploadError('service', '', { ...service, problem })),
  new CosUploadError('outcome-unknown', '', { probe: 'landing-cors', url: '', key: '' }),
  new CosUploadError('service', '', { ...service, problem: 'size', serviceCode: 'EntityTooSmall' }),
  ...(['condition', 'denied', 'other'] as const).map(
    (problem) => new CosUploadError('service', '', { ...service, problem, serviceMessage: 'Access Denied.' }),
  ),
  new CosUploadError('service', '', { ...service, serviceCode: 'SomethingNew' }),
  new CosUploadError('service', '', { ...service, status: 500 }),
  new CosUploadError('redirect-unreadable', '', { url: '' }),
  new CosUploadError('reply-malformed', '', { status: 200, problem: 'HTML' }),
  new CosUploadError('integrity-mismatch', '', { expected: '', actual: '' }),
  new CosUploadError('file-unreadable', '', { name: '', problem: '' }),
  new CosUploadError('confirm-failed', '', { status: 500, outcome: null, problem: '' }),
  new CosUploadError('confirm-failed', '', { status: 200, outcome: 'absent', problem: '' }),
  new CosUploadError('file-rejected', '', { name: 'a', reasons: [{ code: 'x', message: 'Too odd.' }] }),
  new CosUploadError('aborted', '', { reason: null }),
] as const

function textOf(messages: typeof en, error: (typeof errors)[number], context: ErrorContext): ErrorText {
  const explain = messages.errors[error.code] as (details: unknown, context: ErrorContext) => ErrorText
  return explain(error.details, context)
}

/** Every text of a tree, functions left out: their words are asserted where they are used. */
function textsOf(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsOf(value) : [],
  )
}

describe.each([en, zhCN])('in $locale', (messages) => {
  const context = { item, format: createFormat(messages.locale, messages.units) }

  it.each(errors.map((error) => [error.code, error] as const))('%s says what happened, and in whole sentences why and what to do', (_code, error) => {
    const { title, text } = textOf(messages, error, context)
    expect(title.length).toBeGreaterThan(1)
    expect(text).toMatch(/[.。]$/u)
    expect(text.replaceAll(/`[^`]*`/gu, '')).not.toMatch(/undefined|null|NaN|\[object|\.\.|。。/u)
    expect(text.split('`').length % 2).toBe(1)
  })

  it('says of whatever may be stored to look for it first, and of a landing page that forbids the look what it lacks', () => {
    const doubts = errors.filter(({ code }) => code === 'outcome-unknown' || code === 'redirect-unreadable')
    const texts = doubts.map((error) => textOf(messages, error, context).text)
    expect(texts).toHaveLength(3)
    for (const text of texts) expect(text).toMatch(/Look for (it|the file) before you try again|重试前请先确认|再次发送前请先确认/u)
    expect(texts.filter((text) => /OPTIONS.*GET.*`Access-Control-Allow-Origin: null`/u.test(text))).toHaveLength(1)
  })

  it('names the limit that a file breaks, and by how much', () => {
    const tooLarge = errors
      .filter(({ code }) => code === 'policy-mismatch')
      .map((error) => textOf(messages, error, context).text.replaceAll('\u00a0', ' '))
    expect(tooLarge[2]).toMatch(/11\.0 MB.*20 MB/u)
    expect(tooLarge[3]).toMatch(/9\.0 MB.*40 MB/u)
  })
})

describe('both languages', () => {
  it('say the same things', () => {
    const keys = (tree: object): string[] =>
      Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) ? keys(value).map((inner) => `${key}.${inner}`) : [key],
      )
    expect(keys(zhCN).toSorted()).toEqual(keys(en).toSorted())
  })

  it('do not borrow sentences from each other', () => {
    expect(textsOf(en).filter((text) => /\p{Script=Han}/u.test(text))).toEqual([])
    expect(textsOf(zhCN).filter((text) => /[a-z]{3,} [a-z]{3,}/iu.test(text))).toEqual([])
  })

  it('count', () => {
    expect([1, 2].map(en.said.started)).toEqual(['Uploading 1 file.', 'Uploading 2 files.'])
    expect(en.said.settled({ stored: 2, failed: 1, canceled: 0 })).toBe('2 files stored, 1 failed.')
    expect(en.said.settled({ stored: 0, failed: 3, canceled: 0 })).toBe('3 failed.')
    expect(zhCN.said.settled({ stored: 2, failed: 1, canceled: 1 })).toBe('2 个文件已存储，1 个失败，1 个已取消。')
    expect([5, 90, 4000].map(en.secondsLeft)).toEqual(['5 s left', '2 min left', '1 h 7 min left'])
    expect([5, 90, 4000].map(zhCN.secondsLeft)).toEqual(['剩余 5 秒', '剩余 2 分钟', '剩余 1 小时 7 分钟'])
  })

  it('tell of a long wait for the next try in minutes', () => {
    expect([0, 59, 600, 3600].map(en.nextTry)).toEqual(['Waiting to try again', 'Next try in 59 s', 'Next try in 10 min', 'Next try in 1 h 0 min'])
    expect([0, 59, 600, 3600].map(zhCN.nextTry)).toEqual(['等待重试', '59 秒后重试', '10 分钟后重试', '1 小时 0 分钟后重试'])
  })

  it.each([en, zhCN])('write large numbers as the page does, in $locale', ({ said, ...messages }) => {
    const texts = [
      messages.dropToAdd(1536),
      messages.rejectedTitle(1536),
      messages.namesAndMore(['a.iso', 'b.iso'], 1534),
      said.started(1536),
      said.quarter('25%', 1536, 1536),
      said.manyFailed(1536),
      said.settled({ stored: 1536, failed: 1536, canceled: 1536 }),
    ]
    for (const text of texts) {
      expect(text).toMatch(/1,53\d/u)
      expect(text).not.toMatch(/\d{4}/u)
    }
  })

  it('name one, two and more', () => {
    const names = (names: readonly string[], more: number) => en.namesAndMore(names, more)
    expect([names(['a'], 0), names(['a', 'b'], 0), names(['a', 'b', 'c'], 0), names(['a', 'b'], 3), names([], 0)]).toEqual([
      'a',
      'a and b',
      'a, b and c',
      'a, b and 3 more',
      '',
    ])
  })
})
