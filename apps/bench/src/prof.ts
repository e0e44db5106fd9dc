import { allowAnyone, createPolicyHandler } from '@cosdrop/server'
const handler = createPolicyHandler({
  bucket: 'examplebucket-1250000000',
  region: 'ap-guangzhou',
  credentials: { secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q', secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz' },
  authorize: allowAnyone(),
})
const n = Number(process.argv[2] ?? 100)
const body = JSON.stringify({ files: Array.from({ length: n }, (_, at) => ({ name: `photo ${at}.jpg`, type: 'image/jpeg', size: 100_000 + at })) })
const t = performance.now()
let k = 0
while (performance.now() - t < 4000) {
  await handler(new Request('https://a.example/p', { method: 'POST', body }))
  k += n
}
console.log((k / 4) | 0)
