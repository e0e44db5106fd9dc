import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration } from './format-bytes.ts'
import { createProgressBar, drawBar, drawProgress, type ProgressTexts } from './progress-bar.ts'
import { chooseStyle } from './style.ts'

const plain = chooseStyle({ write: () => undefined }, {}, false)
const texts: ProgressTexts = {
  of: (sent, total) => `${sent} of ${total}`,
  timeLeft: (duration) => `${duration} left`,
  waitingForStorage: 'sent, waiting for storage',
}
const chinese: ProgressTexts = {
  of: (sent, total) => `${sent} / ${total}`,
  timeLeft: (duration) => `剩余 ${duration}`,
  waitingForStorage: '已发送，等待存储',
}
const GB = 1024 ** 3

describe('progress on a terminal', () => {
  it('reads like this', () => {
    const frame = (sent: number, columns: number): string => drawProgress({ sent, total: 2.4 * GB, speed: 35 * 1024 ** 2 }, columns, plain, texts)
    expect([frame(0, 80), frame(1.3 * GB, 80), frame(1.3 * GB, 40), frame(2.4 * GB, 80)]).toEqual([
      '░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %  0 B of 2.4 GB  35.0 MB/s  1:11 left',
      '█████████████████▍░░░░░░░░░░░░░░  54 %  1.3 GB of 2.4 GB  35.0 MB/s  0:33 left',
      '████████▏░░░░░░  54 %  1.3 GB of 2.4 GB',
      '████████████████████████████████  99 %  sent, waiting for storage',
    ])
  })

  it('never goes over the edge, whatever the width and the language', () => {
    fc.assert(
      fc.property(
        fc.nat(5 * GB),
        fc.nat(5 * GB),
        fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        (a, b, speed, columns, zh) => {
          const line = drawProgress({ sent: Math.min(a, b), total: Math.max(a, b), speed }, columns, plain, zh ? chinese : texts)
          expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(0, columns - 1))
        },
      ),
    )
  })

  it('moves in eighths of a column and keeps its length', () => {
    expect(drawBar(0, 4)).toEqual({ done: '', rest: '░░░░' })
    expect(drawBar(1 / 32, 4)).toEqual({ done: '▏', rest: '░░░' })
    expect(drawBar(0.5, 4)).toEqual({ done: '██', rest: '░░' })
    expect(drawBar(1, 4)).toEqual({ done: '████', rest: '' })
  })

  it('redraws ten times a second at most, but always at the end', () => {
    let [time, drawn] = [0, 0]
    const stream = { isTTY: true, columns: 80, write: () => void (drawn += 1) }
    const bar = createProgressBar(stream, 1000, plain, texts, () => time)
    for (time = 0; time < 1000; time += 1) bar.update(time)
    expect(drawn).toBe(10)
    bar.update(1000)
    expect(drawn).toBe(11)
  })

  it.each([0, undefined])('is drawn also where the terminal does not know its width: %s', (columns) => {
    let written = ''
    createProgressBar({ isTTY: true, columns, write: (text) => void (written += text) }, 10, plain, texts, () => 0).update(5)
    expect(written).toContain('50 %')
  })

  it('writes nothing into a file', () => {
    let written = ''
    const bar = createProgressBar({ write: (text) => void (written += text) }, 10, plain, texts, () => 0)
    bar.update(5)
    bar.clear()
    expect(written).toBe('')
  })
})

describe('numbers', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [1024 ** 2 - 1, '1.0 MB'],
    [100 * 1024 ** 2, '100 MB'],
    [5 * GB, '5.0 GB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it.each([
    [0, '0:00'],
    [4.2, '0:05'],
    [760, '12:40'],
    [3723, '1:02:03'],
  ])('%f seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})
