#!/usr/bin/env node
import { runCommand } from './lib/command/run-command.ts'

await runCommand(process.argv.slice(2))
