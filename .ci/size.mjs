// What a user's bundle pays for each import: our sources bundled and minified with React left out, gzip. Parts loaded on demand are
// listed, not counted: they are chunks of their own.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const root = process.cwd()
const hook = ['useCosUpload', 'useUploader', 'useUploadItem', 'useUploadIds', 'useUploadTotals']
const budgets = [
  { name: 'core + react, at page load', from: '@cosdrop/react', imports: hook, max: 8_192 },
  { name: 'core + react, and what the first upload waits for', from: '@cosdrop/react', imports: hook, max: 15_128, with: ['upload-runner'] },
  { name: 'and what comes while it runs, should it fail', from: '@cosdrop/react', imports: hook, max: 22_560, with: ['upload-runner', 'failures'] },
  { name: 'react-ui, at page load', from: '@cosdrop/react-ui', imports: ['CosUploader'], max: 22_464 },
  { name: 'server, the policy endpoint', from: '@cosdrop/server', imports: ['createPolicyHandler'], max: 12_592 },
]

/** By their names, as long as a bundler's by their contents, or a change in one part would move the size of another by some bytes. */
const chunkFileNames = ({ name }) => `${name}-${createHash('sha256').update(name).digest('base64url').slice(0, 8)}.js`

let failed = 0
for (const { name, from, imports, max, with: parts = [] } of budgets) {
  // An app's own entry: it exports nothing, so bundlers keep what it shares with parts loaded on demand in one file.
  const code = `import { ${imports.join(', ')} } from '${from}'\nglobalThis.app = [${imports.join(', ')}]`
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
  const { output } = await bundle.generate({ format: 'esm', minify: true, dir: 'dist', chunkFileNames })
  await bundle.close()
  const chunks = output.filter((part) => part.type === 'chunk')
  const size = (parts) => parts.reduce((sum, part) => sum + gzipSync(part.code, { level: 9 }).length, 0)
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const counted = new Set(chunks.filter((chunk) => chunk.isEntry || parts.includes(chunk.name)))
  for (const chunk of counted) for (const file of chunk.imports) if (byFile.has(file)) counted.add(byFile.get(file))
  const eager = size([...counted])
  if (eager > max) failed++
  console.log(`${eager <= max ? 'ok  ' : 'FAIL'} ${name}: ${eager} B gzip (at most ${max})`)
  if (parts.length === 2) for (const chunk of chunks) if (!counted.has(chunk)) console.log(`       on demand: ${chunk.name} ${size([chunk])} B`)
}
process.exitCode = failed > 0 ? 1 : 0
