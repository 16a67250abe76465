import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PLACE = '/run/krate-checkout';
/** Shows the checkout at a place that every user can reach, in a mount namespace of its own, and runs the rest there. */
const SHOW = 'mkdir -p "$1" && mount --bind "$2" "$1" && cd "$1" && shift 2 && exec "$@"';

/**
 * Some tests start programs as other users, which read the checkout: Node, the programs of agents. As root that fails when
 * the checkout lies in a private directory, such as root's home. Then the same command is run again where the checkout
 * can be reached, and its exit code is returned; undefined when nothing stands in the way.
 */
export function inReachableCheckout(root, script, args) {
  if (process.platform !== 'linux' || process.getuid() !== 0 || process.env.KRATE_CHECKOUT_SHOWN)
    return undefined;
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  if (spawnSync('setpriv', [...nobody, 'test', '-r', join(root, 'package.json')]).status === 0)
    return undefined;

  const { status } = spawnSync(
    'unshare',
    [
      '--mount',
      '--propagation',
      'slave',
      '--',
      '/bin/sh',
      '-c',
      SHOW,
      'sh',
      PLACE,
      root,
      process.execPath,
      join(PLACE, script),
      ...args,
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        KRATE_CHECKOUT_SHOWN: '1',
        PATH: process.env.PATH.replaceAll(`${root}/`, `${PLACE}/`),
      },
    },
  );
  return status ?? 1;
}
