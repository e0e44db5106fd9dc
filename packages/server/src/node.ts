export { toNodeHandler, type NodeHandler } from './lib/node/to-node-handler.ts'
