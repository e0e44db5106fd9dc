import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What the house's own lint rules say of these files. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cosdrop-lint-'))
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return execFileSync(join(root, 'node_modules/.bin/oxlint'), [], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout)
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The modules that a page gets, those that are loaded on demand included. */
async function modulesOf(entry: string): Promise<readonly string[]> {
  const rolldownOptions = { input: join(root, entry), preserveEntrySignatures: 'strict' as const, external: [/^react($|\/)/, /^react-dom($|\/)/] }
  const built = await build({ root, configFile: false, logLevel: 'error', build: { write: false, minify: false, rolldownOptions } })
  if (!('output' in built)) throw new Error('The bundler made something else than one bundle.')
  return built.output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
}

const importing = (specifier: string) => `import { thing } from '${specifier}'\nexport const mine = thing\n`

describe('an import against the arrows of the house fails the lint', () => {
  it.each([
    ['core', '@cosdrop/server'],
    ['core', '@cosdrop/protocol/signature'],
    ['react', '@cosdrop/protocol/signature'],
    ['react-ui', '@cosdrop/server'],
    ['msw', '@cosdrop/protocol/signature'],
    ['server', '@cosdrop/emulator'],
    ['emulator', '@cosdrop/server'],
    ['protocol', '@cosdrop/core'],
  ])('%s → %s', (name, specifier) => {
    expect(lint({ [`packages/${name}/src/lib/a.ts`]: importing(specifier) })).toContain('no-restricted-imports')
  })

  it.each(['@cosdrop/protocol/signature', '@cosdrop/server', '@cosdrop/emulator'])('the playground → %s', (specifier) => {
    expect(lint({ 'apps/playground/src/a.ts': importing(specifier) })).toContain('no-restricted-imports')
  })

  it('and so does a cycle', () => {
    const files = {
      'packages/core/src/lib/a.ts': `import { b } from './b.ts'\nexport const a = b\n`,
      'packages/core/src/lib/b.ts': `import { a } from './a.ts'\nexport const b = a\n`,
    }
    expect(lint(files)).toContain('import(no-cycle)')
  })

  it.each([
    ['core', '@cosdrop/protocol'],
    ['react', '@cosdrop/core'],
    ['server', '@cosdrop/protocol/signature'],
    ['emulator', '@cosdrop/protocol/signature'],
    ['msw', '@cosdrop/emulator'],
  ])('while %s → %s is fine', (name, specifier) => {
    expect(lint({ [`packages/${name}/src/lib/a.ts`]: importing(specifier) })).toContain('Found 0 warnings and 0 errors')
  })
})

// The lint rules go by the names of packages; a bundle holds whatever came in by any way, a path into another package included.
it.each(['packages/react-ui/src/index.ts', 'packages/core/src/index.ts', 'apps/playground/src/main.tsx'])(
  'nothing that signs is in the bundle of %s',
  async (entry) => {
    const modules = await modulesOf(entry)
    expect(modules.filter((id) => id.includes('/packages/core/src/')).length).toBeGreaterThan(20)
    expect(modules.filter((id) => /\/signature\/|@noble\/hashes|\/packages\/(server|emulator)\//.test(id))).toEqual([])
  },
)
