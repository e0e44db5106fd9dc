import { HEADERS_TO_EXPOSE } from '@cosdrop/protocol'
import type { EmulatorConfig } from './emulator-config.ts'

/** What the command runs without a config. The key pair is the one that the official POST Object page prints as its example. */
export const demoConfig: EmulatorConfig = {
  credentials: [{ secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz' }],
  buckets: [
    {
      name: 'examplebucket-1250000000',
      region: 'ap-guangzhou',
      acl: 'private',
      versioning: 'off',
      encryption: null,
      cors: [
        {
          allowedOrigins: ['*'],
          allowedMethods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
          allowedHeaders: ['*'],
          exposeHeaders: HEADERS_TO_EXPOSE,
          maxAgeSeconds: 600,
        },
      ],
      corsVary: false,
      accelerate: false,
      frozen: false,
    },
  ],
  kmsKeys: [],
  corsOnErrors: true,
  faults: [],
  page: true,
  admin: false,
}
