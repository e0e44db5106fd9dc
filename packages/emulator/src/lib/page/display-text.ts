import { html, type Html } from './html.ts'

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** `812 KB`, `6.2 MB`: powers of 1000, as the uploader shows them. */
export function byteText(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit > 1 && value < 100 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ''}`
}

export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** In the time zone of the machine that runs the emulator, which is the reader's own. */
export function timeElement(time: number, withDate: boolean): Html {
  const date = new Date(time)
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(withDate && { year: 'numeric', month: 'short', day: 'numeric' }),
  }
  return html`<time datetime="${date.toISOString()}">${new Intl.DateTimeFormat('en-GB', options).format(date)}</time>`
}

/** An address of the page with its parameters. */
export function pageUrl(path: string, parameters: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]))
  return `/_cosdrop/${path}?${new URLSearchParams(given).toString()}`
}
