/** Makes this realm's clock wrong by so many milliseconds, as a device's is; the function that it returns sets it right. */
export function skewDate(milliseconds: number): () => void {
  const RightDate = Date
  const now = (): number => RightDate.now() + milliseconds
  globalThis.Date = new Proxy(RightDate, {
    construct: (target, input, newTarget) => Reflect.construct(target, input.length === 0 ? [now()] : input, newTarget),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
  return () => {
    globalThis.Date = RightDate
  }
}
