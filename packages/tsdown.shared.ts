import type { Rolldown, UserConfig } from 'tsdown'

/** tsdown leaves the maps of declarations out, for they lead to sources that are not in the package, and yet points at them. */
const noDeadMaps: Rolldown.Plugin = {
  name: 'no-dead-maps',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type === 'chunk' && part.fileName.endsWith('.d.ts')) part.code = part.code.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n')
    }
  },
}

/** What is the same of all packages. */
export const shared = { format: 'esm', dts: true, sourcemap: true, plugins: [noDeadMaps] } satisfies UserConfig
