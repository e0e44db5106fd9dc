function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

// Any bucket, not the emulator's alone: a misspelt one is answered with NoSuchBucket, and never sent to the real service.
const BUCKET_HOST = String.raw`https?://[a-z\d](?:[a-z\d-]*[a-z\d])?-\d+\.(?:cos|cos-internal|ci)\.[a-z\d-]+\.[a-z\d.-]+(?::\d+)?(?:[/?#]|$)`

/** Which URLs are COS's: `<bucket>.cos.<region>.<anything>`, and all below the base URLs. Everything else stays the app's own. */
export function bucketPattern(baseUrls: readonly string[]): RegExp {
  const paths = baseUrls.map((base) => `${escaped(base.replace(/\/+$/, ''))}(?:[/?#]|$)`)
  return new RegExp(`^(?:${[BUCKET_HOST, ...paths].join('|')})`, 'i')
}
