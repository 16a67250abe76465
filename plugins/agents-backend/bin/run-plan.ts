#!/usr/bin/env node
/**
 * `run-plan.ts PLAN_FILE [IGNORED...]`: runs a sandbox plan with our own standard streams, for programs that can only be
 * told a command line (git's `--upload-pack`). Bubblewrap is told everything by descriptors, which such programs cannot
 * pass. Ends as the command ends, and ends it after the plan's timeout.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import type { TimedPlan } from '../src/process/takeBack';

const plan = JSON.parse(fs.readFileSync(process.argv[2]!, 'utf8')) as TimedPlan;
const highest = Math.max(2, plan.statusFd ?? 0, ...plan.inputs.map(input => input.fd));
const extra = Array.from({ length: highest - 2 }, () => 'pipe' as const);
const child = spawn(plan.file, plan.args, {
  cwd: plan.cwd,
  env: plan.env,
  stdio: ['inherit', 'inherit', 'inherit', ...extra],
  timeout: plan.timeoutMs,
  killSignal: 'SIGKILL',
});
child.on('error', error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
for (const input of plan.inputs) {
  const stream = child.stdio[input.fd] as Writable | undefined;
  stream?.on('error', () => {}); // an early end; its exit code says so
  stream?.end(Buffer.from(input.base64, 'base64'));
}
if (plan.statusFd !== undefined) (child.stdio[plan.statusFd] as NodeJS.ReadableStream | undefined)?.resume();
process.on('SIGTERM', () => child.kill('SIGKILL'));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal!]));
