import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isolate, piecesOf } from './isolate.ts'

describe('a sentence with names and code', () => {
  it('is taken apart for the page', () => {
    expect(piecesOf(`${isolate('a.txt')}: raise \`content-length-range\`.`)).toEqual([
      { kind: 'name', text: 'a.txt' },
      { kind: 'text', text: ': raise ' },
      { kind: 'code', text: 'content-length-range' },
      { kind: 'text', text: '.' },
    ])
  })

  it('shows any name as it is, backticks and direction marks too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const shown = piecesOf(`Not added: ${isolate(name)}`).filter(({ kind }) => kind === 'name')
        expect(shown).toEqual([{ kind: 'name', text: name.replaceAll('\u2069', '') }])
      }),
    )
  })
})
