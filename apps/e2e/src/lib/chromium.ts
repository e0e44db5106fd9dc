/** How every test and benchmark starts Chromium: the one that the set-up found, and switches for where it runs. */
export const chromiumLaunch = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  // A bare system has no locale, and Chromium then cannot open a folder whose name is not ASCII.
  env: { ...process.env, LC_ALL: 'C.UTF-8' },
  // --no-sandbox: containers run as root. The rest keeps Chromium from looking for hosts that a closed network refuses.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
