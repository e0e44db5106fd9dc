import { createRequestHandler, type ServerBuild } from 'react-router'
import { describe } from 'vitest'
import type * as policyRoute from './react-router.ts'
import { describeAdapter } from './adapter-contract.ts'

/** What the framework's compiler makes of an app with one resource route, `app/routes/policy.ts`. */
function buildOf(route: typeof policyRoute): ServerBuild {
  return {
    entry: { module: { default: () => new Response('no pages here', { status: 500 }) } },
    routes: {
      root: { id: 'root', path: '', module: { default: () => null } },
      'routes/policy': {
        id: 'routes/policy',
        parentId: 'root',
        path: 'policy',
        // No component is what makes it a resource route; the type knows pages only.
        module: { default: undefined as never, loader: route.loader, action: route.action },
      },
    },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
    assetsBuildDirectory: '',
    publicPath: '/',
    basename: '/',
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
  }
}

describe('the policy endpoint as a resource route of React Router (and Remix)', () => {
  describeAdapter(async () => {
    const handle = createRequestHandler(buildOf(await import('./react-router.ts')), 'production')
    return { ask: (init) => handle(new Request('http://localhost/policy', init)), close: () => undefined }
  })
})
