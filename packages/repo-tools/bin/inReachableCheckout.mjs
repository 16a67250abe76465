import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findProgram } from './findProgram.mjs';

const PLACE = '/run/krate-checkout';
/** Shows the checkout at a place that every user can reach, in a mount namespace of its own, and runs the rest there. */
const SHOW = 'mkdir -p "$1" && mount --bind "$2" "$1" && cd "$1" && shift 2 && exec "$@"';

/**
 * Tests and agents without a sandbox are programs of other users, which read the checkout: Node, the programs of agents. As
 * root that fails when the checkout lies in a private directory, such as root's home. Then this is the command that runs
 * the same script where the checkout can be reached; undefined when nothing stands in the way.
 */
export function inReachableCheckout(root, script, args) {
  if (process.platform !== 'linux' || process.getuid() !== 0 || process.env.KRATE_CHECKOUT_SHOWN)
    return undefined;
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  if (spawnSync('setpriv', [...nobody, 'test', '-r', join(root, 'package.json')]).status === 0)
    return undefined;
  const moved = value => value.replaceAll(`${root}/`, `${PLACE}/`);
  const namespace = ['--mount', '--propagation', 'slave', '--', '/bin/sh', '-c', SHOW, 'sh', PLACE, root];
  return {
    file: findProgram(['unshare']) ?? 'unshare',
    args: [...namespace, moved(process.execPath), join(PLACE, script), ...args],
    env: {
      ...process.env,
      KRATE_CHECKOUT_SHOWN: '1',
      PATH: moved(process.env.PATH),
      ...(process.env.KRATE_DATA_DIR ? { KRATE_DATA_DIR: moved(process.env.KRATE_DATA_DIR) } : {}),
    },
  };
}
