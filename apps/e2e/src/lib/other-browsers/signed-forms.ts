interface Post {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

export interface SignedForm {
  readonly url: string
  readonly size: number
  readonly body: FormData
}

/** Forms as the engine would send them, made without the engine: one for a file of each size. */
export async function signedForms(policyUrl: string, sizes: readonly number[]): Promise<readonly SignedForm[]> {
  const files = sizes.map((size) => ({ name: 'probe.bin', type: '', size }))
  const reply = await fetch(policyUrl, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ files }) })
  const { posts }: { readonly posts: readonly Post[] } = JSON.parse(await reply.text())
  return posts.map(({ url, fields }, at) => {
    const size = sizes[at] ?? 0
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    body.append('file', new File([new Uint8Array(size)], 'probe.bin'))
    return { url, size, body }
  })
}
