// Packs every built package as it would be published and lets publint look at the tarball: entries, types, files.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const folder = mkdtempSync(join(tmpdir(), 'cosdrop-pack-'))
let problems = 0
try {
  for (const name of readdirSync('packages', { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const cwd = join('packages', name.name)
    const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
    const packed = spawnSync('pnpm', ['pack', '--pack-destination', folder, '--json'], { cwd, encoding: 'utf8' })
    if (packed.status !== 0) throw new Error(`${manifest.name} does not pack:\n${packed.stdout}${packed.stderr}`)
    const tarball = readFileSync(JSON.parse(packed.stdout).filename)
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length) },
    })
    for (const message of messages) console.log(`${manifest.name}: ${formatMessage(message, pkg)}`)
    problems += messages.length
    console.log(`${messages.length === 0 ? 'ok  ' : 'FAIL'} ${manifest.name}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = problems > 0 ? 1 : 0
