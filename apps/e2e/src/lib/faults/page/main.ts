import { driveUploads } from '../drive-uploads.ts'
import { uploadChosen, withoutNames } from '../upload-chosen.ts'

const drivers = { driveUploads, uploadChosen, withoutNames }

declare global {
  interface Window {
    /** The engine, to be driven by a test from outside. */
    drivers: typeof drivers
  }
}

window.drivers = drivers
