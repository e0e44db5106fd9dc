// Everything that reads the code without running it: rules (types included), dependency direction, format.
import { spawnSync } from 'node:child_process'

const steps = [
  ['oxlint', ['--type-aware', '--max-warnings=0']],
  ['oxfmt', ['--check']],
]
let failed = 0
for (const [command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) failed++
}
process.exitCode = failed > 0 ? 1 : 0
