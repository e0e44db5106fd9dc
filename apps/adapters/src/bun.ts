import { policyOf } from './policy.ts'

// In an app: Bun.serve({ port: 3000, routes: { '/policy': policyOf(process.env) } })
declare const Bun: { serve(options: { port: number; routes: Record<string, (request: Request) => Promise<Response>> }): { readonly url: URL } }

const server = Bun.serve({ port: 0, routes: { '/policy': policyOf(process.env) } })
console.log(server.url.href)
