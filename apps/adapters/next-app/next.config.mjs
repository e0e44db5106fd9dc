import { fileURLToPath } from 'node:url'

export default {
  distDir: '../node_modules/.cache/next',
  // The packages come as TypeScript here, from beside this app.
  transpilePackages: ['@cosdrop/protocol', '@cosdrop/server'],
  turbopack: { root: fileURLToPath(new URL('../../..', import.meta.url)) },
  typescript: { ignoreBuildErrors: true },
}
