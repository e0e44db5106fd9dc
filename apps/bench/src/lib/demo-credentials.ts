/** The key pair that the official POST Object page prints as its example: it opens nothing but emulators. */
export const CREDENTIALS = { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz' } as const
