import { invalidOption } from './invalid-option.ts'

function folderOf(path: string): string {
  return path.endsWith('/') ? path : `${path}/`
}

/**
 * A test for the rule of `success_action_redirect`, `{ within: redirectWithin(['https://my.website/']) }`: the same origin as one of the URLs, and its path or one below it. Compared as URLs and not as texts:
 * `https://my.website.evil.example/` starts with `https://my.website`.
 * @throws {CosServerError} `rules-invalid` when an entry is not an http or https URL
 */
export function redirectWithin(allowed: readonly string[]): (value: string) => boolean {
  const pages = allowed.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : null
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
      throw invalidOption('success_action_redirect', `"${text}" in the redirect list is not an http or https URL.`)
    }
    return url
  })
  return (value) => {
    if (!URL.canParse(value)) return false
    const url = new URL(value)
    // Browsers drop tabs, line ends and backslashes in their own ways, and after `https:` without slashes they stay at the bucket: only a URL
    // that is written as it is read passes.
    if (url.username !== '' || url.password !== '' || !/^https?:\/\/[^\s\\]*$/i.test(value)) return false
    return pages.some((page) => page.origin === url.origin && (url.pathname === page.pathname || url.pathname.startsWith(folderOf(page.pathname))))
  }
}
