// Runs a command of this repository with the pinned Node and pnpm, after setting both up where they are missing:
//   node .ci/with-tools.mjs [--needs=chromium,redis-server,curl] <command> [...arguments]
// Plain Node 20, no dependencies. Whatever set-up prints goes to stderr: some commands speak JSON on stdout.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = '12.4.2'
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const shell = process.platform === 'win32'
const [major] = process.versions.node.split('.').map(Number)
// npm runs us under a shell that does not pass SIGTERM on: when that shell is gone, nobody is left to be told to end. Asked now, for set-up
// may take longer than the shell lives.
const parent = process.ppid

function fail(sentence) {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}

function must(command, args, options = {}) {
  const run = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell, ...options })
  if (run.error) fail(`Set-up could not start "${command}": ${run.error.message}`)
  if (run.status !== 0) fail(`Set-up failed: "${command} ${args.join(' ')}" ended with ${run.status ?? run.signal}. Its own words are above.`)
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function installPackages() {
  // pnpm installs itself with the rest, so npx is needed for the first install only; later ones take 0.1 s when nothing changed. It writes
  // even then: what is installed in a checkout that is read-only is used as it is.
  const args = ['install', process.env.CI ? '--frozen-lockfile' : '--prefer-frozen-lockfile', '--reporter=append-only', '--loglevel=warn']
  const own = join(bin, 'pnpm')
  if (existsSync(own)) return isWritable(join(root, 'node_modules')) ? must(own, args) : undefined
  console.error('First run: installing the packages and the pinned Node (about half a minute) …')
  must('npx', ['-y', `pnpm@${PNPM}`, ...args])
}

/** What a command may need beside Node, and where Debian has it. The path in the environment variable wins. */
const NEEDS = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    packages: ['chromium', 'fonts-liberation', 'fonts-noto-cjk'],
    advice: 'Install Chromium ("sudo apt-get install chromium") or Google Chrome',
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    packages: ['firefox-esr'],
    advice: 'Install Firefox ("sudo apt-get install firefox-esr")',
  },
  // The engine of Safari outside macOS. It needs a display, which Xvfb makes without a screen.
  webkit: {
    variable: 'WEBKIT_DRIVER_PATH',
    paths: ['/usr/bin/WebKitWebDriver'],
    packages: ['webkit2gtk-driver'],
    advice: 'Install WebKitGTK\'s driver ("sudo apt-get install webkit2gtk-driver")',
  },
  xvfb: {
    variable: 'XVFB_PATH',
    paths: ['/usr/bin/Xvfb'],
    packages: ['xvfb'],
    advice: 'Install Xvfb ("sudo apt-get install xvfb")',
  },
  'redis-server': {
    variable: 'REDIS_SERVER_PATH',
    paths: ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'],
    packages: ['redis-server'],
    advice: 'Install Redis ("sudo apt-get install redis-server", or "brew install redis")',
  },
  curl: {
    variable: 'CURL_PATH',
    paths: ['/usr/bin/curl', '/usr/local/bin/curl', '/opt/homebrew/bin/curl'],
    packages: ['curl'],
    advice: 'Install curl ("sudo apt-get install curl")',
  },
}

function find({ variable, paths }) {
  return [process.env[variable], ...paths].find((path) => path && existsSync(path)) ?? null
}

function ensure(names) {
  const missing = names.filter((name) => find(NEEDS[name]) === null)
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error(`Installing ${missing.join(', ')} with apt-get (up to a minute) …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const quiet = { env, stdio: ['ignore', 'ignore', 2] }
    must('apt-get', ['update', '-qq'], quiet)
    must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing.flatMap((name) => NEEDS[name].packages)], quiet)
  }
  for (const name of missing) {
    const { advice, variable } = NEEDS[name]
    if (find(NEEDS[name]) === null)
      fail(`This command needs ${name} and none was found. ${advice}, or set ${variable} to its executable; then run it again.`)
  }
}

if (!(major >= 20))
  fail(`Cosdrop's tools need Node 20 or newer; this is ${process.version}. Install a newer one from https://nodejs.org, then run this command again.`)

const words = process.argv.slice(2)
const needs = words[0]?.startsWith('--needs=') ? words[0].slice('--needs='.length).split(',') : []
const [command, ...args] = needs.length > 0 ? words.slice(1) : words
if (command === undefined) fail('Usage: node .ci/with-tools.mjs [--needs=chromium,redis-server,curl] <command> [...arguments]')

installPackages()
ensure(needs)
if (process.ppid !== parent) process.exit(143)
// What runs here talks to servers of this machine, which a proxy of the environment does not reach.
const direct = [process.env.no_proxy || process.env.NO_PROXY, 'localhost', '.localhost', '127.0.0.1', '::1'].filter(Boolean).join()
const env = { ...process.env, PATH: bin + delimiter + process.env.PATH, NO_PROXY: direct, no_proxy: direct }
for (const need of Object.values(NEEDS)) {
  const path = find(need)
  if (path !== null) env[need.variable] = path
}

const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell })
// A terminal sends Ctrl-C to the whole group; a supervisor sends SIGTERM to this process alone. Both must end the child, and we end after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM')
}, 500).unref()
child.on('error', (error) => fail(`"${command}" could not be started: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
