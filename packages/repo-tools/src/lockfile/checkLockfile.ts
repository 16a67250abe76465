import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest, readWorkspace, ROOT } from '../workspace/readWorkspace';

interface LockEntry {
  resolved?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/**
 * Says where package-lock.json names a host, which would bind every clone to one registry, and where it disagrees with a
 * package.json, which `npm ci` refuses.
 */
export function checkLockfile(root: string = ROOT): string[] {
  const { packages }: { packages: Record<string, LockEntry> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  const workspace = readWorkspace(root).map(({ directory, manifest }) => ({ directory, manifest }));
  const top: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return [
    ...namedHosts(packages),
    ...[{ directory: '', manifest: top }, ...workspace].flatMap(({ directory, manifest }) =>
      disagreements(directory, manifest, packages[directory]),
    ),
  ];
}

export function namedHosts(packages: Readonly<Record<string, LockEntry>>): string[] {
  return Object.entries(packages)
    .filter(([, { resolved, link }]) => resolved && !link && /^[a-z+]+:/i.test(resolved))
    .map(([name]) => `package-lock.json: ${name} names a host in "resolved"; .npmrc keeps it out`);
}

export function disagreements(directory: string, manifest: Manifest, entry: LockEntry | undefined): string[] {
  const file = directory ? `${directory}/package.json` : 'package.json';
  if (!entry) return [`package-lock.json: knows no ${file}; run npm install`];
  return FIELDS.filter(field => sorted(manifest[field]) !== sorted(entry[field])).map(
    field => `package-lock.json: ${field} of ${file} changed without it; run npm install`,
  );
}

function sorted(dependencies: Record<string, string> = {}): string {
  return JSON.stringify(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)));
}
