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
          exposeHeaders: [
            'ETag',
            'Location',
            'Date',
            'x-cos-request-id',
            'x-cos-trace-id',
            'x-cos-version-id',
            'x-cos-hash-crc64ecma',
            'x-cos-server-side-encryption',
            'x-cos-server-side-encryption-cos-kms-key-id',
            'x-cos-server-side-encryption-customer-algorithm',
            'x-cos-server-side-encryption-customer-key-MD5',
          ],
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
