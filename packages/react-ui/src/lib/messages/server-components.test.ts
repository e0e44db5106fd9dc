import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

// A server component may hand a client component what is a client's, and no other function: <CosUploader messages={zhCN} />.
it.each(['en.ts', 'zh-cn.ts'])('%s may be handed over by a server component', (name) => {
  expect(readFileSync(new URL(name, import.meta.url), 'utf8')).toMatch(/^'use client'\n/)
})
