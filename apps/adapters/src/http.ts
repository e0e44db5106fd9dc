import { createServer } from 'node:http'
import { toNodeHandler } from '@cosdrop/server/node'
import { policyOf } from './policy.ts'

const policy = toNodeHandler(policyOf(process.env))

export const server = createServer((request, response) => {
  if (request.url === '/policy') void policy(request, response)
  else response.writeHead(404).end()
})
