import stringWidth from 'string-width'
import { formatBytes, formatDuration } from './format-bytes.ts'
import type { OutputStream } from './output-stream.ts'
import type { Style } from './style.ts'

export interface ProgressTexts {
  readonly timeLeft: (duration: string) => string
  readonly of: (sent: string, total: string) => string
  readonly waitingForStorage: string
}

export interface ProgressBar {
  /** @param sent bytes */
  update(sent: number): void
  /** Takes the bar away, so that what follows starts on a clean line. */
  clear(): void
}

const REDRAW_EVERY = 100
const BLOCKS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const WIDEST_BAR = 32

/** Share from 0 to 1 as a bar of so many columns, in eighths of one. */
export function drawBar(share: number, columns: number): { readonly done: string; readonly rest: string } {
  const eighths = Math.round(share * columns * 8)
  const done = '█'.repeat(Math.floor(eighths / 8)) + (BLOCKS[eighths % 8] ?? '')
  return { done, rest: '░'.repeat(columns - done.length) }
}

interface Frame {
  readonly sent: number
  readonly total: number
  /** Bytes a second; `null` while nothing can be said. */
  readonly speed: number | null
}

/** One line, never wider than the terminal: the bar gives way first, then the speed and the time left. */
export function drawProgress({ sent, total, speed }: Frame, columns: number, style: Style, texts: ProgressTexts): string {
  const share = total === 0 ? 1 : sent / total
  // 100 % is COS's to say, when it has answered.
  const percent = `${Math.min(99, Math.floor(share * 100))} %`.padStart(4)
  const amount = texts.of(formatBytes(sent), formatBytes(total))
  const left = speed === null || speed === 0 ? null : texts.timeLeft(formatDuration((total - sent) / speed))
  const details =
    sent >= total ? [texts.waitingForStorage] : [amount, ...(speed === null ? [] : [`${formatBytes(speed)}/s`]), ...(left === null ? [] : [left])]
  for (;;) {
    const text = [percent, ...details].join('  ')
    const room = columns - stringWidth(text) - 3
    if (room >= 8) {
      const bar = drawBar(share, Math.min(WIDEST_BAR, room))
      return `${style.accent(bar.done)}${style.quiet(bar.rest)}  ${text}`
    }
    if (details.length === 0) return text.slice(0, Math.max(0, columns - 1))
    details.pop()
  }
}

/** Draws on a terminal; on anything else (a file, a pipe) it writes nothing at all. @param now milliseconds, monotonic */
export function createProgressBar(stream: OutputStream, total: number, style: Style, texts: ProgressTexts, now: () => number): ProgressBar {
  if (stream.isTTY !== true) return { update() {}, clear() {} }
  const started = now()
  let drawnAt = -Infinity
  return {
    update(sent) {
      const at = now()
      if (at - drawnAt < REDRAW_EVERY && sent < total) return
      drawnAt = at
      const elapsed = at - started
      const speed = elapsed < 500 ? null : (sent / elapsed) * 1000
      stream.write(`\r\u001b[2K${drawProgress({ sent, total, speed }, stream.columns || 80, style, texts)}`)
    },
    clear: () => void stream.write('\r\u001b[2K'),
  }
}
