import type { PostForm } from '../form/post-form.ts'
import { CosUploadError } from '../upload-error.ts'

/** The error for a file whose bytes the browser no longer hands out. */
export function fileUnreadable(name: string, problem: string, cause?: unknown): CosUploadError<'file-unreadable'> {
  const text = `"${name}" cannot be read any more: ${problem.replace(/\.$/, '')}. It was changed, moved or deleted after it was chosen; choose it again.`
  return new CosUploadError('file-unreadable', text, { name, problem }, { cause })
}

/**
 * The file to read: of one from a window that is closed by now nothing that is read ever arrives. Not of one that Chromium gives the size 0: it may have
 * been deleted, and a Blob made of it is empty, and no more. Nor of one that is none here, as Node's in jsdom: a Blob made of that has its name.
 */
export function readable(file: Blob): Blob {
  const own = !file.size || file instanceof Blob ? file : new Blob([file])
  return own.size === file.size ? own : file
}

/** What a browser throws, of whichever window. */
export function isDomException(error: unknown): boolean {
  return {}.toString.call(error) === '[object DOMException]'
}

/** Milliseconds. */
const patience = 5_000

/**
 * Reads once more, a second later, what is refused. WebKit refuses to read any file while the page goes, before it tells that to the page, which may come
 * back from the back/forward cache: then it goes on here.
 */
export async function readAgain<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (cause) {
    // Of a worker's there is only the text.
    if (!String(cause).includes('NotReadableError')) throw cause
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return read()
  }
}

/**
 * Reads the last byte of a file, if it should have one: browsers say nothing of the file when sending fails because of it.
 */
export async function checkReadable({ file: given, filename }: PostForm): Promise<CosUploadError<'file-unreadable'> | null> {
  const file = readable(given)
  const { size } = file
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    // Chromium gives a deleted file the size 0, and only reading it whole tells it from an empty one.
    const read = readAgain(() => (size === 0 ? file : file.slice(-1)).arrayBuffer())
    // A file of a drive that has gone away can be waited for without end.
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(reject, patience)
    })
    const { byteLength } = await Promise.race([read, late]).finally(() => clearTimeout(timer))
    return byteLength === Math.min(size, 1) ? null : fileUnreadable(filename, 'it has become shorter')
  } catch (cause) {
    // In Firefox it has names of its own. Anything else is no fault of the file: jsdom has blobs that nobody can read.
    return isDomException(cause) ? fileUnreadable(filename, 'the browser refuses to read it', cause) : null
  }
}
