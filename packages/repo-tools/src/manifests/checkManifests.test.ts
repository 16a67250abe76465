import { Manifest, WorkspacePackage } from '../workspace/readWorkspace';
import {
  checkManifests,
  inexactVersions,
  misnamed,
  namedHosts,
  severalVersions,
  unpackable,
} from './checkManifests';

const packable: Manifest = {
  name: '@krate/plugin-forge-common',
  license: 'Apache-2.0',
  main: 'src/index.ts',
  types: 'src/index.ts',
  files: ['dist'],
  publishConfig: { access: 'public', main: 'dist/index.cjs.js', types: 'dist/index.d.ts' },
  backstage: { role: 'common-library' },
};

function aPackage(directory: string, manifest: Manifest): WorkspacePackage {
  return { name: manifest.name, directory, manifest };
}

describe('the package.json files of this repository', () => {
  it('are exact, packable and named after their folders', () => {
    expect(checkManifests()).toEqual([]);
  });
});

describe('versions', () => {
  it.each([
    { reason: 'exact', version: '1.2.3', problems: 0 },
    { reason: 'an exact release candidate', version: '1.2.3-rc.1', problems: 0 },
    { reason: 'a range', version: '^1.2.3', problems: 1 },
    { reason: 'a tag', version: 'latest', problems: 1 },
    { reason: 'an address', version: 'https://example.com/x.tgz', problems: 1 },
  ])('$reason', ({ version, problems }) => {
    expect(inexactVersions({ name: 'x', dependencies: { left: version } }, new Set())).toHaveLength(problems);
  });

  it('of our own packages are *, which npm links', () => {
    const ours = new Set(['@krate/cli']);
    expect(inexactVersions({ name: 'x', dependencies: { '@krate/cli': '*' } }, ours)).toEqual([]);
    expect(inexactVersions({ name: 'x', dependencies: { '@krate/cli': '0.1.0' } }, ours)).toHaveLength(1);
  });

  it('of one library are one version everywhere', () => {
    const all = [
      { file: 'a/package.json', manifest: { name: 'a', dependencies: { zod: '4.6.7' } } },
      { file: 'b/package.json', manifest: { name: 'b', devDependencies: { zod: '4.6.8' } } },
    ];
    expect(severalVersions(all)).toEqual(['b/package.json: zod is 4.6.8, but 4.6.7 in a/package.json']);
  });
});

describe('a package for others', () => {
  const forge = 'plugins/forge-common';
  it.each([
    { reason: 'complete', manifest: packable, problems: [] },
    { reason: 'private', manifest: { name: 'x', private: true }, problems: [] },
    {
      reason: 'without its files',
      manifest: { ...packable, files: ['src'] },
      problems: ['files lack dist'],
    },
    {
      reason: 'with the entry of another role',
      manifest: { ...packable, backstage: { role: 'web-library' } },
      problems: ['publishConfig.main is not dist/index.esm.js'],
    },
  ])('$reason', ({ manifest, problems }) => {
    expect(unpackable(aPackage(forge, manifest))).toEqual(problems);
  });

  it('names no registry', () => {
    const publishConfig = { ...packable.publishConfig, registry: 'https://example.com' };
    expect(namedHosts({ ...packable, publishConfig })).toHaveLength(1);
  });

  it('is named after its folder', () => {
    expect(misnamed(aPackage(forge, packable))).toEqual([]);
    expect(misnamed(aPackage('plugins/forge-node', packable))).toHaveLength(1);
  });
});
