// `npm test`: every check of the house, in two lanes at a time, closing with one line that counts them all.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const reports = mkdtempSync(join(tmpdir(), 'cosdrop-test-'))
const started = Date.now()
const totals = { passed: 0, failed: 0, skipped: 0 }
const running = new Set()

function vitest(name, ...args) {
  const report = join(reports, `${name}.json`)
  return { name, command: 'vitest', args: ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], report }
}

// The browser lane and the rest: each keeps about one core busy.
const lanes = [
  [vitest('browser', '--project', 'browser'), vitest('stories', '--config', '.storybook/vitest.config.ts'), vitest('e2e', '--project', 'e2e')],
  [
    { name: 'types', command: 'tsc', args: ['-b'] },
    { name: 'lint', command: 'node', args: ['.ci/lint.mjs'] },
    vitest('unit', '--project', 'unit'),
    { name: 'build', command: 'pnpm', args: ['-r', '--filter', './packages/*', '--workspace-concurrency=1', 'run', 'build'] },
    { name: 'packages', command: 'node', args: ['.ci/packages.mjs'] },
    { name: 'size', command: 'node', args: ['.ci/size.mjs'] },
    { name: 'storybook build', command: 'storybook', args: ['build', '--quiet'] },
  ],
]

function run({ command, args }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' } })
    let output = ''
    const keep = (chunk) => (output += chunk)
    running.add(child)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => keep(`${error.message}\n`))
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code, output })
    })
  })
}

/** A step without a report of its own counts as one check. A run that failed outside its tests counts as one failure more. */
function count(step, code) {
  const own = { passed: 0, failed: 0, skipped: 0 }
  if (step.report) {
    try {
      const report = JSON.parse(readFileSync(step.report, 'utf8'))
      own.passed = report.numPassedTests
      own.failed = report.numFailedTests
      own.skipped = report.numPendingTests + report.numTodoTests
    } catch {
      // No report: the runner itself fell over, which the exit code says.
    }
  }
  if (code !== 0 && own.failed === 0) own.failed = 1
  if (code === 0 && !step.report) own.passed = 1
  if (code === 0 && step.report && own.passed === 0) own.failed = 1
  return own
}

async function lane(steps) {
  for (const step of steps) {
    const begun = Date.now()
    const { code, output } = await run(step)
    const own = count(step, code)
    for (const key of Object.keys(totals)) totals[key] += own[key]
    const seconds = ((Date.now() - begun) / 1000).toFixed(1)
    if (own.failed > 0) console.log(`\n──── ${step.name} ────\n${output}`)
    console.log(
      `${own.failed > 0 ? 'FAILED' : 'ok    '} ${step.name}: ${own.passed} passed, ${own.failed} failed, ${own.skipped} skipped (${seconds} s)`,
    )
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) child.kill('SIGTERM')
    rmSync(reports, { recursive: true, force: true })
    process.exit(130)
  })
}

await Promise.all(lanes.map(lane))
rmSync(reports, { recursive: true, force: true })
console.log(`\nAll checks in ${((Date.now() - started) / 1000).toFixed(0)} s`)
console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`)
process.exitCode = totals.failed > 0 ? 1 : 0
