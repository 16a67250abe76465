import { WorkspacePackage } from '../workspace/readWorkspace';
import { checkDeclared } from './checkDeclared';
import { AreaEdges, checkDirections } from './checkDirections';
import { checkImports } from './checkImports';
import { isDevelopmentFile, PackageImport, specifiersIn } from './importsOf';
import { layerOf } from './layerOf';

const ROLES: Record<string, string> = {
  common: 'common-library',
  node: 'node-library',
  react: 'web-library',
  backend: 'backend-plugin-module',
};

function aPackage(directory: string, manifest: Partial<WorkspacePackage['manifest']> = {}): WorkspacePackage {
  const [group, name] = directory.split('/');
  const suffix = /-(common|node|react|backend)(-module-.*)?$/.exec(name)?.[1];
  const role = suffix ? ROLES[suffix] : 'frontend-plugin';
  const fullName = group === 'plugins' ? `@krate/plugin-${name}` : `@krate/${name}`;
  return { name: fullName, directory, manifest: { name: fullName, backstage: { role }, ...manifest } };
}

function anImport(specifier: string, file = 'plugins/x/src/x.ts'): PackageImport {
  const parts = specifier.split('/', specifier.startsWith('@') ? 2 : 1);
  return { file, specifier, package: parts.join('/'), development: isDevelopmentFile(file) };
}

describe('the imports of this repository', () => {
  it('point one way, and are declared', () => {
    expect(checkImports()).toEqual([]);
  });
});

describe('the direction of an import', () => {
  const allowed: AreaEdges = {
    areas: ['control-plane', 'forge', 'agents'],
    edges: [
      { from: 'forge', to: 'control-plane', why: '' },
      { from: 'agents', to: 'control-plane', why: '' },
      { from: 'agents', to: 'forge', why: '' },
    ],
  };
  const judge = (from: string, to: string, file = `${from}/src/x.ts`) =>
    checkDirections(
      [{ from: aPackage(from), to: aPackage(to), import: anImport(aPackage(to).name, file) }],
      allowed,
    );

  it.each([
    ['plugins/forge', 'plugins/control-plane-react', 'screens use the hooks and tables of all areas'],
    ['plugins/forge-common', 'packages/resource-model', 'kinds are declared with the model'],
    ['plugins/agents-common', 'plugins/forge-common', 'a typed reference to a kind of another area'],
    ['plugins/agents-backend', 'plugins/forge-node', 'a declared service of another area'],
    ['plugins/agents-backend', 'plugins/agents-node', 'its own area'],
    ['plugins/control-plane-backend', 'packages/resource-store', 'the API server owns the store'],
    [
      'plugins/scaffolder-backend-module-krate',
      'plugins/control-plane-node',
      'a module of Backstage is of the control plane',
    ],
    ['packages/backend', 'plugins/agents-backend', 'the backend is a list of features'],
  ])('%s → %s: %s', (from, to) => {
    expect(judge(from, to)).toEqual([]);
  });

  it.each([
    ['packages/resource-model', 'plugins/forge-common', 'a mechanism knows no area'],
    ['plugins/forge-common', 'plugins/forge-node', 'what browsers load imports nothing of Node'],
    ['plugins/forge', 'plugins/forge-backend', 'a screen asks over HTTP'],
    ['plugins/forge-backend', 'packages/resource-store', 'only the API server touches the store'],
    ['plugins/agents-backend', 'plugins/forge-backend', 'another area is used by its -node only'],
    ['plugins/agents', 'plugins/forge', 'the screens of another area are not a library'],
    ['plugins/forge-common', 'plugins/agents-common', 'no such edge is permitted'],
    ['plugins/control-plane-node', 'plugins/forge-node', 'the control plane knows no area'],
    ['plugins/memory-common', 'plugins/control-plane-common', 'the area is not listed'],
    ['packages/cli', 'plugins/forge-common', 'the command knows kinds from the server alone'],
  ])('refuses %s → %s: %s', (from, to) => {
    expect(judge(from, to)).toHaveLength(1);
  });

  it('says where, what and what would be allowed', () => {
    expect(judge('plugins/forge-common', 'plugins/forge-node')).toEqual([
      'plugins/forge-common/src/x.ts: common may not import node (@krate/plugin-forge-node); it may import resource-model, common',
    ]);
  });

  it('lets a test run an area in the real control plane, and its sources not', () => {
    const control = 'plugins/control-plane-backend';
    expect(judge('plugins/forge-backend', control, 'plugins/forge-backend/src/module.test.ts')).toEqual([]);
    expect(judge('plugins/forge-backend', control)).toHaveLength(1);
  });

  it('counts a declared dependency that nothing imports yet', () => {
    const edge = { from: aPackage('plugins/forge-common'), to: aPackage('plugins/forge-backend') };
    expect(checkDirections([edge], allowed)[0]).toMatch(/^plugins\/forge-common\/package.json: /);
  });

  it('takes no package without a place', () => {
    expect(() => layerOf(aPackage('packages/odds-and-ends'))).toThrow(
      'packages/odds-and-ends is in no layer',
    );
  });
});

describe('a declared import', () => {
  const subject = aPackage('plugins/forge', {
    dependencies: { react: '18' },
    peerDependencies: { '@types/react': '18' },
    devDependencies: { jest: '30' },
  });

  it.each([
    { reason: 'a dependency', specifier: 'react', file: 'plugins/forge/src/a.ts', lacks: false },
    {
      reason: 'a path into a dependency',
      specifier: 'react/jsx-runtime',
      file: 'plugins/forge/src/a.ts',
      lacks: false,
    },
    { reason: 'a peer', specifier: '@types/react', file: 'plugins/forge/src/a.ts', lacks: false },
    { reason: 'itself', specifier: '@krate/plugin-forge', file: 'plugins/forge/src/a.ts', lacks: false },
    {
      reason: 'a development dependency in a test',
      specifier: 'jest',
      file: 'plugins/forge/src/a.test.ts',
      lacks: false,
    },
    {
      reason: 'a development dependency in a source',
      specifier: 'jest',
      file: 'plugins/forge/src/a.ts',
      lacks: true,
    },
    { reason: 'a phantom', specifier: 'lodash/fp', file: 'plugins/forge/src/a.ts', lacks: true },
    {
      reason: 'a phantom in a test',
      specifier: '@scope/kit/deep',
      file: 'plugins/forge/dev/index.ts',
      lacks: true,
    },
  ])('$reason', ({ specifier, file, lacks }) => {
    expect(checkDeclared(subject, [anImport(specifier, file)])).toHaveLength(lacks ? 1 : 0);
  });

  it('is told once a file, with the list it is missing from', () => {
    const twice = [
      anImport('lodash', 'plugins/forge/src/a.ts'),
      anImport('lodash', 'plugins/forge/src/a.ts'),
    ];
    expect(checkDeclared(subject, twice)).toEqual([
      'plugins/forge/package.json: dependencies lack lodash (plugins/forge/src/a.ts)',
    ]);
  });
});

describe('the imports in a text', () => {
  it.each([
    ['an import', "import { a } from 'pkg/a';", ['pkg/a']],
    ['a type', "import type { A } from '@scope/a';", ['@scope/a']],
    ['a side effect', "import 'pkg';", ['pkg']],
    ['an export', "export * from 'pkg';", ['pkg']],
    ['a lazy import', "const page = () => import('pkg');", ['pkg']],
    ['a require', "const pkg = require('pkg');", ['pkg']],
    ['Node itself', "import fs from 'node:fs'; import path from 'path'; import p from 'fs/promises';", []],
    ['a file beside', "import { a } from './a'; import { b } from '..';", []],
    ['a comment or a string', "// import 'a'\nconst text = \"import 'b'\";", []],
  ])('%s', (_reason, text, want) => {
    expect(specifiersIn(text)).toEqual(want);
  });
});
