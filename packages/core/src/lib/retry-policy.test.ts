import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serviceProblem } from './response/service-problem.ts'
import { readRetryOptions } from './retry-options.ts'
import { isExpired, isThrottle, isWorthRetrying, retryDelay } from './retry-policy.ts'
import { CosUploadError, type AnyUploadError, type NetworkProbe } from './upload-error.ts'

const retryDefaults = readRetryOptions()

function service(
  status: number,
  serviceCode: string | null = null,
  serviceMessage: string | null = null,
  retryAfter: number | null = null,
): AnyUploadError {
  const problem = serviceProblem({ status, serviceCode, serviceMessage })
  return new CosUploadError('service', '', {
    status,
    problem,
    serviceCode,
    serviceMessage,
    requestId: null,
    traceId: null,
    resource: null,
    retryAfter,
  })
}

function network(probe: NetworkProbe | null = null): AnyUploadError {
  return new CosUploadError('network', '', { probe, url: '' })
}

const stalled = new CosUploadError('stalled', '', { idleMs: 1, sent: 0 })
const unknown = new CosUploadError('outcome-unknown', '', { probe: null, url: '', key: '' })

describe('only what can succeed is sent again', () => {
  test.each<[string, AnyUploadError]>([
    ['a broken connection', network()],
    ['a stall', stalled],
    ['500', service(500, 'InternalError')],
    ['503 SlowDown', service(503, 'SlowDown')],
    ['429', service(429)],
    ['RequestTimeout', service(400, 'RequestTimeout')],
    ['RequestTimeout in the place of the message', service(400, 'AccessDenied', 'RequestTimeout')],
  ])('%s is', (_, error) => {
    expect(isWorthRetrying(error)).toBe(true)
  })

  test.each<[string, AnyUploadError]>([
    ['an upload that may be stored', unknown],
    ['a wrong signature', service(403, 'SignatureDoesNotMatch')],
    ['a file too large', service(400, 'EntityTooLarge')],
    ['mixed content', network('mixed-content')],
    ["what the page's own policy forbids", network('csp')],
    [
      'a policy that the endpoint refuses',
      new CosUploadError('policy-refused', '', { url: null, status: 403, serverCode: null, serverMessage: null }),
    ],
    ['a form that breaks its policy', new CosUploadError('policy-mismatch', '', { field: 'key', condition: 'eq', expected: '', actual: null })],
    ['damaged bytes', new CosUploadError('integrity-mismatch', '', { expected: '1', actual: '2' })],
    ['an unreadable file', new CosUploadError('file-unreadable', '', { name: '', problem: '' })],
    ['a canceled upload', new CosUploadError('aborted', '', { reason: null })],
  ])('%s is not', (_, error) => {
    expect(isWorthRetrying(error)).toBe(false)
    expect(retryDelay(error, 1, retryDefaults, () => 0.5)).toBeNull()
  })

  test('what looks like missing CORS rules is tried once more, since a connection that broke looks the same', () => {
    expect(isWorthRetrying(network('cors'), 1)).toBe(true)
    expect(isWorthRetrying(network('cors'), 2)).toBe(false)
  })
})

describe('waiting', () => {
  test('grows twofold up to the cap, with full jitter', () => {
    const waits = [1, 2, 3, 4].map((attempt) => retryDelay(network(), attempt, { ...retryDefaults, maxDelay: 5_000 }, () => 1))
    expect(waits).toEqual([1_000, 2_000, 4_000, 5_000])
    expect(retryDelay(network(), 3, retryDefaults, () => 0)).toBe(0)
  })

  test('ends after as many attempts as were asked for', () => {
    expect(retryDelay(network(), 4, retryDefaults, () => 0)).toBe(0)
    expect(retryDelay(network(), 5, retryDefaults, () => 0)).toBeNull()
  })

  test('does not go on for ever where the number of attempts is none, as of a setting that was not read', () => {
    expect(retryDelay(network(), 1, { ...retryDefaults, attempts: NaN }, () => 0)).toBeNull()
  })

  test('is at least what Retry-After says, and never a day', () => {
    expect(retryDelay(service(503, 'SlowDown', null, 7), 1, retryDefaults, () => 0.5)).toBe(7_500)
    expect(retryDelay(service(503, 'SlowDown', null, 86_400), 1, retryDefaults, () => 0)).toBe(3_600_000)
  })

  test('stays within its bounds for every attempt and every throw of the dice', () => {
    const options = fc.record({ attempts: fc.integer({ min: 1, max: 50 }), baseDelay: fc.nat(5_000), maxDelay: fc.nat(60_000) })
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (all, attempt, dice) => {
        const delay = retryDelay(stalled, attempt, all, () => dice)
        if (attempt >= all.attempts) expect(delay).toBeNull()
        else {
          expect(delay).toBeGreaterThanOrEqual(0)
          expect(delay).toBeLessThanOrEqual(all.maxDelay)
        }
      }),
    )
  })
})

test('a policy that ran out is told from other refusals by Code or Message', () => {
  expect(
    isExpired(service(403, 'AccessDenied', 'You post object request has been expired, expiration time: 1621188104 but the time now : 1621245817')),
  ).toBe(true)
  expect(isExpired(service(403, 'Request has expired'))).toBe(true)
  expect(isExpired(service(400, 'ExpiredToken'))).toBe(true)
  expect(isExpired(service(403, 'AccessDenied', 'Access Denied.'))).toBe(false)
})

test('only storage’s own "too much" slows the queue down', () => {
  expect(isThrottle(service(503, 'SlowDown'))).toBe(true)
  expect(isThrottle(service(429))).toBe(true)
  expect(isThrottle(service(500, 'InternalError'))).toBe(false)
  expect(isThrottle(network())).toBe(false)
})

test('a wait that is no number, as of a setting that was not read, is not none at all', () => {
  for (const wrong of [{ baseDelay: NaN }, { maxDelay: NaN }]) {
    expect(retryDelay(stalled, 1, readRetryOptions(wrong), () => 0.5)).toBe(15_000)
  }
})
