import { complain, hear } from './complaints.ts'
import { cancelHalfway } from '../cancel-halfway.ts'
import { keepFiles } from '../keep-files.ts'
import { cameBack, goBackFromElsewhere, leaveHalfway } from '../leave-halfway.ts'
import { probeOrder } from '../probe-order.ts'
import { standStill } from '../stand-still.ts'
import { chosenSizes, uploadChosen } from '../upload-chosen.ts'
import { uploadMany } from '../upload-many.ts'
import { uploadRefused } from '../upload-refused.ts'
import { uploadWatched } from '../upload-watched.ts'

const checks = {
  cameBack,
  cancelHalfway,
  chosenSizes,
  complain,
  hear,
  keepFiles,
  leaveHalfway,
  probeOrder,
  standStill,
  uploadChosen,
  uploadMany,
  uploadRefused,
  uploadWatched,
}

export type PageChecks = typeof checks

declare global {
  interface Window {
    /** The engine, to be driven by a test from outside: a function's name and the JSON of its first parameter. */
    runCheck: (name: string, input: string) => Promise<string>
  }
}

goBackFromElsewhere()

window.runCheck = async (name, input) => {
  const check: (given: unknown) => unknown = Reflect.get(checks, name)
  return JSON.stringify((await check(JSON.parse(input))) ?? null)
}
