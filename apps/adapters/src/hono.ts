import { Hono } from 'hono'
import { policyOf } from './policy.ts'

const policy = policyOf(process.env)

export const app = new Hono()

app.all('/policy', (context) => policy(context.req.raw))
