// TypeScript 7 refuses an import of what it finds no types for, also where nothing is taken from it.
export {}
