import type { Rolldown } from 'tsdown'

/** tsdown leaves the maps of declarations out, for they lead to sources that are not in the package, and yet points at them. */
export const noDeadMaps: Rolldown.Plugin = {
  name: 'no-dead-maps',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) {
      if (part.type === 'chunk' && part.fileName.endsWith('.d.ts')) part.code = part.code.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n')
    }
  },
}
