import { createUploader, type Uploader, type UploaderOptions } from '@cosdrop/core'

const uploaders: Uploader[] = []
const pageLife = {
  uploaders,
  /** To a bucket that anybody may write to. */
  create(url: string, options: Partial<UploaderOptions> = {}): Uploader {
    const uploader = createUploader({
      policy: ({ files }) =>
        Promise.resolve({
          serverTime: '2026-01-01T00:00:00Z',
          posts: files.map(() => ({ url, fields: null, expiresAt: '2026-01-01T01:00:00Z' })),
        }),
      ...options,
    })
    uploaders.push(uploader)
    return uploader
  },
  /** Adds so many files and takes them out again, so many times. */
  async pass(files: number, times: number): Promise<void> {
    const [uploader = pageLife.create('http://127.0.0.1:1/', { autoUpload: false })] = uploaders
    const given = Array.from({ length: files }, (_, at) => new File(['x'], `${at}.bin`))
    for (let time = 0; time < times; time += 1) {
      uploader.add(given)
      await new Promise((resolve) => setTimeout(resolve, 30))
      uploader.clear('all')
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  },
}

declare global {
  interface Window {
    pageLife: typeof pageLife
  }
}

window.pageLife = pageLife
