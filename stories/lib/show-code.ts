const examples = import.meta.glob<string>('../examples/*.tsx', { query: '?raw', import: 'default', eager: true })

/** What "Show code" shows and "Copy code" takes: what an app would write, in the place of the story's own code. @param file in `examples/` */
export function showCode(file: string) {
  const code = examples[`../examples/${file}`]
  if (code === undefined) throw new Error(`There is no stories/examples/${file}.`)
  return { docs: { source: { code, language: 'tsx' } } } as const
}

/** A state that was staged has no code that an app could use. */
export const noCode = { docs: { canvas: { sourceState: 'none' } } } as const
