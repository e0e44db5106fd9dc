// What a user's bundle pays for each import: our sources bundled and minified with React left out, gzip. Parts loaded on demand are
// listed, not counted: they are chunks of their own.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const root = process.cwd()
const budgets = [
  {
    name: 'core + react, everything a hook user needs',
    code: `export { useCosUpload, useUploader, useUploadItem, useUploadIds, useUploadTotals } from '@cosdrop/react'`,
    max: 8_192,
  },
  { name: 'react-ui, the whole widget', code: `export { CosUploader } from '@cosdrop/react-ui'`, max: 20_480 },
  { name: 'server, the policy endpoint', code: `export { createPolicyHandler } from '@cosdrop/server'`, max: 12_288 },
]

let failed = 0
for (const { name, code, max } of budgets) {
  const bundle = await rolldown({
    input: 'entry',
    cwd: root,
    external: [/^react($|\/)/, /^react-dom($|\/)/],
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? join(root, 'entry.js') : null),
        load: (id) => (id === join(root, 'entry.js') ? code : null),
      },
    ],
    onLog: () => {},
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, dir: 'dist' })
  await bundle.close()
  const chunks = output.filter((part) => part.type === 'chunk')
  const size = (parts) => parts.reduce((sum, part) => sum + gzipSync(part.code, { level: 9 }).length, 0)
  const entry = chunks.filter((chunk) => chunk.isEntry)
  const first = new Set(entry.flatMap((chunk) => [chunk.fileName, ...chunk.imports]))
  const eager = size(chunks.filter((chunk) => first.has(chunk.fileName)))
  const later = chunks.filter((chunk) => !first.has(chunk.fileName))
  if (eager > max) failed++
  console.log(`${eager <= max ? 'ok  ' : 'FAIL'} ${name}: ${eager} B gzip (at most ${max})`)
  for (const chunk of later) console.log(`       on demand: ${chunk.name} ${size([chunk])} B`)
}
process.exitCode = failed > 0 ? 1 : 0
