interface PartProps {
  readonly className: string
  readonly 'data-scope': 'cosdrop'
  readonly 'data-part': string
}

/** What every part's element carries: a class for our styles, `data-scope` and `data-part` for the app's. */
export function partProps(part: string, ...classNames: readonly (string | undefined)[]): PartProps {
  return { className: [`cd-${part}`, ...classNames].filter(Boolean).join(' '), 'data-scope': 'cosdrop', 'data-part': part }
}
