import { chromium, type Browser } from 'playwright'
import { chromiumLaunch } from './chromium.ts'

/** A real Chromium, found by the set-up. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch(chromiumLaunch)
}
