import { createHttpPolicySource, type PolicyReply } from '@cosdrop/core'
import type { Contender, Work } from '../contender.ts'

function post(file: File, { url, policy }: Work): Promise<void> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    const form = new FormData()
    for (const [name, value] of Object.entries(policy.posts[0]?.fields ?? {})) form.append(name, value)
    form.append('file', file)
    // Every page wants progress, and with it comes the preflight.
    xhr.upload.onprogress = () => {}
    xhr.onload = () => (xhr.status === 204 ? resolve() : reject(new Error(`Answered ${xhr.status}.`)))
    xhr.onerror = () => reject(new Error('The request failed.'))
    xhr.open('POST', url)
    xhr.send(form)
  })
}

/** Asks for the policies of a hundred files with the first of them. */
function signer(files: readonly File[], policyUrl: string): (at: number) => Promise<PolicyReply> {
  const source = createHttpPolicySource(policyUrl)
  const { signal } = new AbortController()
  const replies: Promise<PolicyReply>[] = []
  return async (at) => {
    const batch = Math.floor(at / 100)
    const asked = files.slice(batch * 100, batch * 100 + 100).map(({ name, type, size }) => ({ name, type, size }))
    const { serverTime, posts } = await (replies[batch] ??= source({ files: asked }, { signal }))
    return { serverTime, posts: posts.slice(at % 100, (at % 100) + 1) }
  }
}

/** What a page can do without any library: so many loops, each taking the next file. */
export const bareXhr: Contender = async (files, work) => {
  const sign = work.policyUrl === null ? () => Promise.resolve(work.policy) : signer(files, work.policyUrl)
  const queue = files.entries()
  const lane = async (): Promise<void> => {
    for (const [at, file] of queue) await post(file, { ...work, policy: await sign(at) })
  }
  await Promise.all(Array.from({ length: work.concurrency }, lane))
}
