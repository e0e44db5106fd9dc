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

/** What a page can do without any library: so many loops, each taking the next file. */
export const bareXhr: Contender = async (files, work) => {
  const queue = files.values()
  const lane = async (): Promise<void> => {
    for (const file of queue) await post(file, work)
  }
  await Promise.all(Array.from({ length: work.concurrency }, lane))
}
