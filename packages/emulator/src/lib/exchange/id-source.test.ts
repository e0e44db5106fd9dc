import { expect, it } from 'vitest'
import vectors from '../../../../protocol/src/lib/vectors.json' with { type: 'json' }
import { ManualClock } from '../testing/manual-clock.ts'
import { IdSource, microsecondsOf, systemRandom } from './id-source.ts'

const format = /^[\da-f]+_[\da-f]+_[\da-f]+_[\da-f]+$/

it('version ids tell their own time, as COS’s do', () => {
  for (const sample of vectors.versionId.samples) {
    const ids = new IdSource(new ManualClock(Math.floor(Number(sample.microseconds) / 1000)), systemRandom)
    const ours = (1n << 64n) - 1n - BigInt(atob(ids.versionId()))
    expect(ours / 1000n).toBe(BigInt(sample.microseconds) / 1000n)
    expect(ids.versionId()).toHaveLength(sample.versionId.length)
  }
})

it('the time of a version id can be read, and of other texts none', () => {
  for (const sample of vectors.versionId.samples) expect(microsecondsOf(sample.versionId)).toBe(Number(sample.microseconds))
  for (const text of ['', 'null', 'MTg0', 'MTg0aaaaaaaaaaaaaaaaaaaaaaa', '~'.repeat(27)]) expect(microsecondsOf(text)).toBeNull()
})

it('version ids are never the same twice, and later ones sort first', () => {
  const clock = new ManualClock()
  const ids = new IdSource(clock, systemRandom)
  const made = Array.from({ length: 3000 }, (_, at) => {
    if (at % 1000 === 0) clock.advance(1)
    return atob(ids.versionId())
  })
  expect(made).toEqual([...new Set(made)].toSorted().toReversed())
})

it('request ids have the form of COS’s samples', () => {
  for (const sample of vectors.requestId.samples) expect(sample.decoded).toMatch(format)
  const clock = new ManualClock(1_567_000_000_000)
  const id = atob(new IdSource(clock, systemRandom).requestId())
  expect(id).toMatch(format)
  expect(id.startsWith((1_567_000_000).toString(16))).toBe(true)
})

it('trace ids have the length of COS’s samples', () => {
  const [, sample = ''] = /<TraceId>(.*)<\/TraceId>/.exec(vectors.errorXml.xml) ?? []
  expect(new IdSource(new ManualClock(), systemRandom).traceId()).toHaveLength(sample.length)
})
