import { fileURLToPath } from 'node:url'

// Next.js locks its output folder and writes into the tsconfig it is told: two test runs at once must not share either.
const output = `../node_modules/.cache/next/${process.env['NEXT_OUTPUT'] ?? 'default'}`

export default {
  distDir: `${output}/dist`,
  typescript: { ignoreBuildErrors: true, tsconfigPath: `${output}/tsconfig.json` },
  // The packages come as TypeScript here, from beside this app.
  transpilePackages: ['@cosdrop/protocol', '@cosdrop/server'],
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
}
