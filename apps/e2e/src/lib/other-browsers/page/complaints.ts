const heard: string[] = []

// From the first line that runs on the page on.
addEventListener('error', (event) => heard.push(`${event.message} (${event.filename}:${event.lineno})`))
addEventListener('unhandledrejection', (event) => heard.push(`unhandled: ${String(event.reason)}`))

/** Errors that nobody caught and rejections that nobody handled since the page was loaded. */
export async function hear(): Promise<{ readonly complaints: readonly string[] }> {
  // Both are told in a task of their own.
  await new Promise((resolve) => setTimeout(resolve))
  return { complaints: heard }
}

/** Makes one of each, to see that they are heard. */
export function complain(message: string): void {
  void Promise.reject(new Error(message))
  setTimeout(() => {
    throw new Error(message)
  })
}
