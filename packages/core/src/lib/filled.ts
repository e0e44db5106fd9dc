/** With every default filled in: `Required` leaves the `undefined` of `name?: string | undefined` where it is. */
export type Filled<Options> = { readonly [Name in keyof Options]-?: Exclude<Options[Name], undefined> }
