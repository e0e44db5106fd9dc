import { toNodeHandler } from '@cosdrop/server/node'
import Koa from 'koa'
import { policyOf } from './policy.ts'

const policy = toNodeHandler(policyOf(process.env))

export const app = new Koa()

app.use(async (context, next) => {
  if (context.path !== '/policy') return next()
  context.respond = false
  return policy(context.req, context.res)
})
