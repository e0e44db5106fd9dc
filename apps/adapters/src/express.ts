import { toNodeHandler } from '@cosdrop/server/node'
import express, { type Express } from 'express'
import { policyOf } from './policy.ts'

export const app: Express = express()

app.use(express.json())
app.all('/policy', toNodeHandler(policyOf(process.env)))
