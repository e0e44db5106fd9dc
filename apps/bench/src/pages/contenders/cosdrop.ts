import { createUploader, type PolicySource, type Uploader } from '@cosdrop/core'
import type { Contender } from '../contender.ts'

declare global {
  interface Window {
    /** The latest, kept as an app keeps its list: what the items hold shows in the heap. */
    keptUploader?: Uploader
  }
}

export const cosdrop: Contender = async (files, { policy, policyUrl, concurrency, proof }) => {
  const { serverTime, posts } = policy
  const source: PolicySource = ({ files: asked }) => Promise.resolve({ serverTime, posts: asked.flatMap(() => posts) })
  const uploader = createUploader({ policy: policyUrl ?? source, concurrency, integrity: proof ? 'verify' : 'off' })
  window.keptUploader = uploader
  // As an interface would: look at the sums after every commit.
  const stop = uploader.subscribe(() => void uploader.getSnapshot().totals.sentBytes)
  const items = await uploader.upload(files)
  for (const item of items) {
    if (item.status !== 'success') throw new Error(`${item.name}: ${item.status === 'error' ? item.error.message : item.status}`)
    if (proof && item.result.integrity !== 'verified') throw new Error(`${item.name} was stored without proof.`)
  }
  stop()
  uploader.destroy()
}
