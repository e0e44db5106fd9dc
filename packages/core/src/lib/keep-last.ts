/** Keeps the last answer: nearly all files of a page have the same options, address, and often the same policy. What is thrown is not kept. */
export function keepLast<Key, Value>(answer: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | null = null
  return (key) => {
    if (last?.key !== key) last = { key, value: answer(key) }
    return last.value
  }
}
