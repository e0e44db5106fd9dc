// `npm run bench [-- name …]`: every *.bench.ts beside this file, each in a process of its own, so that none inherits another's heap.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)))

if (files.length === 0) console.error(`No benchmark is called ${wanted.join(', ')}.`)
let missed = files.length === 0 ? 1 : 0
for (const file of files) {
  console.log(`\n■ ${file.replace('.bench.ts', '')}`)
  const { status } = spawnSync(process.execPath, ['--expose-gc', `${folder}${file}`], { stdio: 'inherit' })
  if (status !== 0) missed++
}
console.log(missed === 0 ? '\nEvery limit was kept.' : `\n${missed} of ${files.length} benchmarks missed a limit.`)
process.exitCode = missed === 0 ? 0 : 1
