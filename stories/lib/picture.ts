const palettes = [
  ['#f6a57a', '#c2447e', '#5b3a8e'],
  ['#9bd4e4', '#3d7ea6', '#1f3b57'],
  ['#e9d8a6', '#94b06b', '#365f3d'],
  ['#d7dde8', '#8795ae', '#3c4558'],
] as const

/** A small picture with bytes of its own, for thumbnails. */
export function picture(index: number): Blob {
  const [light, middle, dark] = palettes[index % palettes.length] ?? palettes[0]
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><defs><linearGradient id="g" x2=".8" y2="1"><stop stop-color="${light}"/><stop offset=".6" stop-color="${middle}"/><stop offset="1" stop-color="${dark}"/></linearGradient></defs><rect width="80" height="80" fill="url(#g)"/></svg>`
  return new Blob([drawing], { type: 'image/svg+xml' })
}
