// Runs a command of this repository with the pinned Node and pnpm, after setting both up where they are missing:
//   node .ci/with-tools.mjs [--browser] <command> [...arguments]
// Plain Node 20, no dependencies. Whatever set-up prints goes to stderr: some commands speak JSON on stdout.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = '12.4.2'
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const shell = process.platform === 'win32'
const [major] = process.versions.node.split('.').map(Number)

function fail(sentence) {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}

function must(command, args, options = {}) {
  const run = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell, ...options })
  if (run.error) fail(`Set-up could not start "${command}": ${run.error.message}`)
  if (run.status !== 0) fail(`Set-up failed: "${command} ${args.join(' ')}" ended with ${run.status ?? run.signal}. Its own words are above.`)
}

function installPackages() {
  // pnpm installs itself with the rest, so npx is needed for the first install only; later ones take 0.1 s when nothing changed.
  const args = ['install', process.env.CI ? '--frozen-lockfile' : '--prefer-frozen-lockfile', '--reporter=append-only', '--loglevel=warn']
  const own = join(bin, 'pnpm')
  if (existsSync(own)) return must(own, args)
  console.error('First run: installing the packages and the pinned Node (about half a minute) …')
  must('npx', ['-y', `pnpm@${PNPM}`, ...args])
}

/** Where a Chromium is, or null. The path in CHROMIUM_PATH wins. */
function findChromium() {
  const known = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  return known.find((path) => path && existsSync(path)) ?? null
}

function ensureChromium() {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('No Chromium found: installing Debian’s (about a minute) …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    must('apt-get', ['update', '-qq'], { env })
    must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation', 'fonts-noto-cjk'], { env })
    const installed = findChromium()
    if (installed) return installed
  }
  return fail(
    'The tests need a Chromium and none was found. Install one ("sudo apt-get install chromium", or Google Chrome), or set CHROMIUM_PATH to its executable; then run this command again.',
  )
}

if (!(major >= 20)) fail(`Cosdrop's tools need Node 20 or newer; this is ${process.version}. Install a newer one from https://nodejs.org, then run this command again.`)

const words = process.argv.slice(2)
const needsBrowser = words[0] === '--browser'
const [command, ...args] = needsBrowser ? words.slice(1) : words
if (command === undefined) fail('Usage: node .ci/with-tools.mjs [--browser] <command> [...arguments]')

installPackages()
const chromium = needsBrowser ? ensureChromium() : findChromium()
const env = { ...process.env, PATH: bin + delimiter + process.env.PATH }
if (chromium) env.CHROMIUM_PATH = chromium

const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell })
// A terminal sends Ctrl-C to the whole group; a supervisor sends SIGTERM to this process alone. Both must end the child, and we end after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => fail(`"${command}" could not be started: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
