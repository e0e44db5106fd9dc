interface PartProps {
  readonly className: string
  readonly 'data-scope': 'cosdrop'
  readonly 'data-part': string
}

/** What every part's element carries: a class for our styles, `data-scope` and `data-part` for the app's. */
export function partProps(part: string, className: string | undefined): PartProps {
  return { className: className === undefined ? `cd-${part}` : `cd-${part} ${className}`, 'data-scope': 'cosdrop', 'data-part': part }
}
