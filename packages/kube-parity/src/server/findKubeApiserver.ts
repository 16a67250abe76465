import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The programs that a real API server consists of. */
export const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const;

/** The folder with a real `kube-apiserver`, its `etcd` and its controllers, as KRATE_KUBE_APISERVER names it; undefined when it has not all. */
export function findKubeApiserver(): string | undefined {
  const folder = process.env.KRATE_KUBE_APISERVER;
  return folder && PROGRAMS.every(name => existsSync(join(folder, name))) ? folder : undefined;
}

/** How the suites of the real server are called; `npm test` knows the second form, which KRATE_TEST_REQUIRE=all exempts. */
export function suiteTitle(): string {
  const title = 'the real kube-apiserver';
  return findKubeApiserver() ? title : `${title} (skipped: KRATE_KUBE_APISERVER names no folder with it)`;
}
