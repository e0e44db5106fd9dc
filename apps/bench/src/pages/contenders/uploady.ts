import Uploady, { BATCH_STATES, UPLOADER_EVENTS, useUploady, type Batch } from '@rpldy/uploady'
import { createElement, useEffect, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import type { Contender } from '../contender.ts'

function Sender({ files }: { readonly files: readonly File[] }): ReactElement | null {
  const { upload } = useUploady()
  useEffect(() => {
    upload([...files])
  }, [upload, files])
  return null
}

export const uploady: Contender = async (files, { url, policy, concurrency }) => {
  const fields = policy.posts[0]?.fields ?? {}
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  const options = { concurrent: true, maxConcurrent: concurrency, maxGroupSize: 1, destination: { url, params: { ...fields } } }
  const batch = await new Promise<Batch>((resolve) => {
    const listeners = { [UPLOADER_EVENTS.BATCH_FINALIZE]: resolve }
    root.render(createElement(Uploady, { ...options, listeners }, createElement(Sender, { files })))
  })
  root.unmount()
  if (batch.state !== BATCH_STATES.FINISHED || batch.completed !== 100) throw new Error(`react-uploady ended with ${batch.state}.`)
}
