import { styleText } from 'node:util'
import type { OutputStream } from './output-stream.ts'

type Paint = (text: string) => string

/** Colours by what they mean, so that a text reads the same without them. */
export interface Style {
  readonly title: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly doubtful: Paint
  readonly quiet: Paint
  readonly accent: Paint
}

const plain: Paint = (text) => text
const PLAIN: Style = { title: plain, good: plain, bad: plain, doubtful: plain, quiet: plain, accent: plain }

function paint(format: Parameters<typeof styleText>[0]): Paint {
  // Whether colours are wanted was decided already, from the environment that the command was given.
  return (text) => styleText(format, text, { validateStream: false })
}

const COLOURED: Style = {
  title: paint('bold'),
  good: paint('green'),
  bad: paint('red'),
  doubtful: paint('yellow'),
  quiet: paint('dim'),
  accent: paint('cyan'),
}

export function isColoured(style: Style): boolean {
  return style === COLOURED
}

/** @param wanted `false` for `--no-color`. Sources: https://no-color.org and https://force-color.org */
export function chooseStyle(stream: OutputStream, env: Readonly<Record<string, string | undefined>>, wanted: boolean): Style {
  if (!wanted || (env['NO_COLOR'] ?? '') !== '') return PLAIN
  const forced = env['FORCE_COLOR'] ?? ''
  if (forced !== '') return forced === '0' ? PLAIN : COLOURED
  return stream.isTTY === true && env['TERM'] !== 'dumb' ? COLOURED : PLAIN
}
