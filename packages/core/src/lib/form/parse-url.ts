/** `null` for what is no URL. (`URL.canParse` is younger than the browsers that this package supports.) */
export function parseUrl(url: string, base?: string): URL | null {
  try {
    return new URL(url, base)
  } catch {
    return null
  }
}
