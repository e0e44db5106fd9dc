import type { Browser } from 'playwright'

/** A page, as far as a run needs one. Playwright's `Page` is one too. */
export interface BenchTab {
  /** Resolves with what the expression, or its promise, comes to; rejects with what it throws. */
  readonly evaluate: (expression: string) => Promise<unknown>
  readonly setInputFiles: (selector: string, paths: readonly string[]) => Promise<void>
}

interface Answer {
  readonly id?: number
  readonly error?: { readonly message: string }
  readonly result?: { readonly result?: { readonly value?: unknown; readonly objectId?: string }; readonly exceptionDetails?: unknown }
}

/**
 * A tab that nobody listens to. Playwright's pages report each request to the test, which takes as long as a third of a small upload and is no
 * part of what a visitor's browser does.
 */
export async function openQuietTab(browser: Browser, url: string): Promise<BenchTab & { readonly close: () => Promise<void> }> {
  const session = await browser.newBrowserCDPSession()
  // A context that Playwright did not make: it lets go of what opens there.
  const { browserContextId } = await session.send('Target.createBrowserContext')
  const { targetId } = await session.send('Target.createTarget', { url, browserContextId })
  const { sessionId } = await session.send('Target.attachToTarget', { targetId })
  const waiting = new Map<number, (answer: Answer) => void>()
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer: Answer = JSON.parse(message)
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  let sent = 0
  const send = async (method: string, params: object): Promise<NonNullable<Answer['result']>['result']> => {
    const id = ++sent
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve))
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    const { error, result } = await answered
    waiting.delete(id)
    if (error || result?.exceptionDetails) throw new Error(error?.message ?? JSON.stringify(result?.exceptionDetails))
    return result?.result
  }
  return {
    evaluate: async (expression) => (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }))?.value,
    async setInputFiles(selector, files) {
      const input = await send('Runtime.evaluate', { expression: `document.querySelector('${selector}')` })
      await send('DOM.setFileInputFiles', { files, objectId: input?.objectId })
    },
    async close() {
      await session.send('Target.disposeBrowserContext', { browserContextId })
      await session.detach()
    },
  }
}
