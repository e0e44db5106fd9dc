type Fields = readonly (readonly [name: string, value: unknown])[]

let names: readonly string[] = []
let places: ReadonlyMap<string, number> = new Map()

/** Where each field stands, by its name in lower case. Forms of one signer have the same names in the same order: most find it as the last left it. */
export function placesOf(fields: Fields): ReadonlyMap<string, number> {
  if (fields.length !== names.length || fields.some((field, at) => field[0] !== names[at])) {
    // First what throws for a name that is no text: the next would find another form's places.
    places = new Map(fields.map((field, at) => [field[0].toLowerCase(), at]))
    names = fields.map((field) => field[0])
  }
  return places
}
