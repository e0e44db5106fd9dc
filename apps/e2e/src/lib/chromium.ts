/** How every test and benchmark starts Chromium: the one that the set-up found, and switches for where it runs. */
export const chromiumLaunch = {
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
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
