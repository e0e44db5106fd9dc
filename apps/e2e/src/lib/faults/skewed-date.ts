/** Makes this realm's clock wrong by so many milliseconds, as a device's is; the function that it returns sets it right. */
export function skewDate(milliseconds: number): () => void {
  const RightDate = Date
  class WrongDate extends RightDate {
    constructor(...input: readonly unknown[]) {
      if (input.length === 0) super(RightDate.now() + milliseconds)
      else super(...(input as [number]))
    }
    static override now(): number {
      return RightDate.now() + milliseconds
    }
  }
  Object.assign(globalThis, { Date: WrongDate })
  return () => void Object.assign(globalThis, { Date: RightDate })
}
