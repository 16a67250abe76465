/**
 * `npm run pack -- <folder> [package …]`: the packages of this repository as tarballs, for plugins that live elsewhere. With
 * names only those (folders below packages/ and plugins/). Built and packed as Backstage's own packages are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { root } from './runTypeScript.mjs';

const [folder, ...names] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('pack: say where to: npm run pack -- <folder> [package …]\n');
  process.exit(1);
}
const target = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
mkdirSync(target, { recursive: true });
const env = { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
const read = file => JSON.parse(readFileSync(file, 'utf8'));

function run(cwd, program, ...args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} in ${cwd}\n${error?.message ?? `${stdout}${stderr}`}`);
}

const packages = ['packages', 'plugins']
  .flatMap(group =>
    readdirSync(join(root, group)).map(name => ({ name, directory: join(root, group, name) })),
  )
  .filter(({ directory }) => existsSync(join(directory, 'package.json')))
  .map(each => ({ ...each, manifest: read(join(each.directory, 'package.json')) }));
const versions = new Map(packages.map(({ manifest }) => [manifest.name, manifest.version]));
const chosen = packages.filter(({ name, manifest }) =>
  names.length > 0 ? names.includes(name) : !manifest.private,
);

/**
 * The package.json of a published package: our own packages are `*` here, where npm links them, but elsewhere the version
 * counts; and Backstage wants to know which packages make a plugin together.
 */
function published({ backstage, dependencies = {}, ...manifest }) {
  const { pluginId } = backstage;
  const together = packages
    .filter(each => pluginId && each.manifest.backstage?.pluginId === pluginId && !isModule(each))
    .map(each => each.manifest.name);
  return {
    ...manifest,
    backstage: {
      ...backstage,
      ...(pluginId && !isModule({ manifest: { backstage } }) && { pluginPackages: together }),
    },
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([name, version]) => [name, versions.get(name) ?? version]),
    ),
  };
}

function isModule({ manifest }) {
  return manifest.backstage?.role?.endsWith('-module');
}

process.stdout.write('types …\n');
run(root, 'tsc', '-p', '.', '--noEmit', 'false', '--tsBuildInfoFile', 'dist-types/.tsbuildinfo');
for (const { directory, manifest } of chosen) {
  process.stdout.write(`${manifest.name} …\n`);
  run(directory, 'backstage-cli', 'package', 'build');
  const file = join(directory, 'package.json');
  const original = readFileSync(file);
  try {
    writeFileSync(file, JSON.stringify(published(manifest), null, 2));
    run(directory, 'backstage-cli', 'package', 'prepack');
    run(directory, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', target);
  } finally {
    run(directory, 'backstage-cli', 'package', 'postpack');
    writeFileSync(file, original);
  }
}
