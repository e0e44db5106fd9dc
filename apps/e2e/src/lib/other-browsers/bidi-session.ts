import { once } from 'node:events'
import type { DrivenBrowser } from './driven-browser.ts'

type Send = <Value>(method: string, params?: object) => Promise<Value>

/** Commands of https://www.w3.org/TR/webdriver-bidi/, one connection for all. */
async function connect(url: string): Promise<{ readonly send: Send; readonly socket: WebSocket }> {
  const socket = new WebSocket(url)
  const waiting = new Map<number, (reply: string) => void>()
  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    waiting.get(JSON.parse(text).id)?.(text)
  })
  socket.addEventListener('close', () => {
    for (const settle of waiting.values()) settle('{"error":"The browser has gone."}')
  })
  await once(socket, 'open')
  let id = 0
  return {
    socket,
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        id += 1
        const own = id
        waiting.set(own, (reply) => {
          const { type, result, error, message } = JSON.parse(reply)
          waiting.delete(own)
          if (type === 'success') resolve(result)
          else reject(new Error(`WebDriver BiDi: ${method}: ${error}: ${message}`))
        })
        socket.send(JSON.stringify({ id, method, params }))
      }),
  }
}

interface Called {
  readonly type: 'success' | 'exception'
  readonly result: { readonly value: string }
  readonly exceptionDetails: { readonly text: string }
}

/** Drives the tab that a browser opened with. */
export async function openBidiSession(url: string): Promise<DrivenBrowser> {
  const { send, socket } = await connect(url)
  const { capabilities } = await send<{ readonly capabilities: { readonly browserVersion: string } }>('session.new', { capabilities: {} })
  const { contexts } = await send<{ readonly contexts: readonly { readonly context: string }[] }>('browsingContext.getTree')
  const context = contexts[0]?.context
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    open: (page) => send('browsingContext.navigate', { context, url: page, wait: 'complete' }),
    async call(name, input) {
      const { type, result, exceptionDetails } = await send<Called>('script.callFunction', {
        functionDeclaration: '(name, input) => window.runCheck(name, input)',
        arguments: [name, input].map((value) => ({ type: 'string', value })),
        target: { context },
        awaitPromise: true,
      })
      if (type === 'exception') throw new Error(exceptionDetails.text)
      return result.value
    },
    async choose(path) {
      const locator = { type: 'css', value: 'input[type=file]' }
      const { nodes } = await send<{ readonly nodes: readonly { readonly sharedId: string }[] }>('browsingContext.locateNodes', { context, locator })
      for (const { sharedId } of nodes) await send('input.setFiles', { context, element: { sharedId }, files: [path] })
    },
    async close() {
      await send('session.end')
      socket.close()
    },
  }
}
