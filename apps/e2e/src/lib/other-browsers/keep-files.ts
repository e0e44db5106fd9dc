import { createUploader } from '@cosdrop/core'

export interface KeptFiles {
  readonly name: string
  readonly policyUrl: string
}

export interface KeptSeen {
  /** What was told when they could not be kept. */
  readonly failures: readonly string[]
  /** Names of the files that the next page would find. */
  readonly found: readonly string[]
}

/** Adds two files to a paused uploader that keeps them over a reload, goes, and looks what is there. */
export async function keepFiles({ name, policyUrl }: KeptFiles): Promise<KeptSeen> {
  const open = () => createUploader({ policy: policyUrl, recovery: name })
  const uploader = open()
  uploader.pause()
  const failures: string[] = []
  uploader.onEvent((event) => {
    if (event.type === 'recovery-failed') failures.push(String(event.error))
  })
  uploader.add(['first', 'second'].map((each) => new File([each], each)))
  await new Promise((resolve) => setTimeout(resolve, 1000))
  uploader.destroy()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const next = open()
  next.pause()
  await next.restore()
  const found = Array.from(next.getSnapshot().items, (item) => item.name)
  next.destroy()
  return { failures, found }
}
