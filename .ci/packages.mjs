// Packs every built package as it would be published and lets publint look at the tarball: entries, types, files.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

function deadMaps(dist) {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => {
    if (!/\.(js|ts|css)$/.test(file)) return false
    const [, map] = /^\/[/*]# sourceMappingURL=([^\s*]+)/m.exec(readFileSync(join(dist, file), 'utf8')) ?? []
    return map !== undefined && !existsSync(join(dist, file, '..', map))
  })
}

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
    const dead = deadMaps(join(cwd, 'dist'))
    for (const file of dead) console.log(`${manifest.name}: ${file} points at a source map that is not there`)
    problems += messages.length + dead.length
    console.log(`${messages.length + dead.length === 0 ? 'ok  ' : 'FAIL'} ${manifest.name}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = problems > 0 ? 1 : 0
