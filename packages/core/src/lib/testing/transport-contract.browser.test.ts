import { createPostForm } from '../form/post-form.ts'
import { expect, inject, test } from 'vitest'
import { createBrowserTransport } from '../transport/choose-transport.ts'
import { createXhrTransport } from '../transport/xhr-transport.ts'
import { transportContract, type ContractBehaviour } from './transport-contract.ts'

const queries: Record<ContractBehaviour, string> = { stores: '', refuses: '?status=403&body=no', holds: '?hold', breaks: '?reset' }

const ways = [
  ['XHR', createXhrTransport()],
  ['the default', createBrowserTransport()],
  ['fetch', createBrowserTransport({ way: 'fetch' })],
] as const

test.each(ways.flatMap(([way, transport]) => transportContract.map(({ name, run }) => [way, name, transport, run] as const)))(
  '%s %s',
  async (_, __, transport, run) => {
    const form = (behaviour: ContractBehaviour, file: Blob) =>
      createPostForm({
        action: `${inject('echoUrl')}/${queries[behaviour]}`,
        fields: [['key', 'k']] as const,
        file,
        filename: 'a',
      })
    await expect(run({ transport, form })).resolves.toBeUndefined()
  },
)
