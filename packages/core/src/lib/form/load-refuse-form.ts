import { lazily } from '../lazily.ts'
import type { PostForm } from './post-form.ts'
import type * as RefuseForm from './refuse-form.ts'

const load: () => Promise<typeof RefuseForm> = lazily(() => import('./refuse-form.ts'))

/** As `refuseForm`. It and the matcher are a part of their own: few forms are so unusual, and storage tells the same where that cannot be loaded. */
export function refuseForm(form: PostForm, now?: Date): Promise<PostForm> {
  return load().then(
    (loaded) => loaded.refuseForm(form, now),
    () => form,
  )
}
