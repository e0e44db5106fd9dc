// One drive in a process of its own: its clock is wrong and its timers are counted, and several of them wait at the same time.
import { driveUploads, type Drive } from './drive-uploads.ts'

process.once('message', (drive: Drive) => {
  void driveUploads(drive).then((report) => process.send?.(report, () => process.disconnect()))
})
