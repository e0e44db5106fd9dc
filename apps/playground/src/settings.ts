/** What the page's form chooses. Kept in the URL, so that a state can be linked to and a reload keeps it. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  readonly locale: 'en' | 'zh-CN'
  /** Name of a trouble that the policy endpoint or the bucket makes on purpose; empty for none. */
  readonly trouble: string
}

const THEMES = ['system', 'light', 'dark'] as const
const LOCALES = ['en', 'zh-CN'] as const

export function readSettings(search: string): Settings {
  const query = new URLSearchParams(search)
  return {
    theme: THEMES.find((theme) => theme === query.get('theme')) ?? 'system',
    locale: LOCALES.find((locale) => locale === query.get('locale')) ?? 'en',
    trouble: query.get('trouble') ?? '',
  }
}

export function writeSettings({ theme, locale, trouble }: Settings): string {
  const query = new URLSearchParams()
  if (theme !== 'system') query.set('theme', theme)
  if (locale !== 'en') query.set('locale', locale)
  if (trouble !== '') query.set('trouble', trouble)
  const text = query.toString()
  return text === '' ? '/' : `/?${text}`
}

export function policyUrl({ trouble }: Settings): string {
  return trouble === '' ? '/api/policy' : `/api/policy?trouble=${encodeURIComponent(trouble)}`
}
