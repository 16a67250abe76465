import { Kind } from '@krate/resource-model';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../workspace/readWorkspace';
import { Generator } from './Generator';
import { generators } from './generators';
import { readControllers } from './readControllers';
import { readKinds } from './readKinds';
import { refresh } from './refresh';
import { staleFiles } from './staleFiles';

jest.setTimeout(60_000);

describe('the generated files of this repository', () => {
  const kinds = readKinds();
  const controllersOf = readControllers();

  it('are current (if not: npm run generate)', async () => {
    const stale = await staleFiles(ROOT, generators, kinds, controllersOf);
    expect(stale.map(({ path, problem }) => `${problem} ${path}`)).toEqual([]);
  });

  it.each(generators.map(generator => [generator.name, generator] as const))(
    '%s: the same kinds give the same bytes',
    async (_name, generator) => {
      expect(await generator.files(kinds, controllersOf)).toEqual(
        await generator.files(readKinds(), readControllers()),
      );
    },
  );

  it('come in an order that does not depend on where a kind is declared', () => {
    expect([...kinds].sort((a, b) => (`${a.area}/${a.kind}` < `${b.area}/${b.kind}` ? -1 : 1))).toEqual(
      kinds,
    );
  });

  it('hold every kind of every area', () => {
    expect(kinds.map(kind => kind.kind)).toEqual(
      expect.arrayContaining(['Organization', 'Repository', 'AgentDispatchRun']),
    );
  });
});

describe('the reconcilers of a kind', () => {
  const root = mkdtempSync(join(tmpdir(), 'krate-controllers-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const source = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const named = (kind: string) => ({ kind }) as Kind;

  beforeAll(() => {
    mkdirSync(join(root, 'packages'));
    for (const name of ['forge-backend', 'forge-backend-module-x', 'forge-node'])
      source(`plugins/${name}/package.json`, `{ "name": "${name}" }`);
    source(
      'plugins/forge-backend/src/a/b.ts',
      `export const r = defineReconciler({\n  for: Thing,\n  reads: {},\n});`,
    );
    source(
      'plugins/forge-backend-module-x/src/b.ts',
      `defineReconciler({ for: Thing, name: 'second', reads: {} })`,
    );
    source('plugins/forge-backend/src/a/b.test.ts', `defineReconciler({ for: Thing, name: 'of-a-test' })`);
    source('plugins/forge-node/src/c.ts', `defineReconciler({ for: Thing, name: 'elsewhere' })`);
  });

  it('are those that backends define, by their names', () => {
    expect(readControllers(root)(named('Thing'))).toEqual(['second', 'thing']);
    expect(readControllers(root)(named('Other'))).toEqual([]);
  });

  it('have to say first what they are for', () => {
    source('plugins/forge-backend/src/odd.ts', `defineReconciler({ reads: {}, for: Thing })`);
    expect(() => readControllers(root)).toThrow(
      /odd\.ts: begin the declaration of a reconciler with `for: <Kind>,`/,
    );
  });

  it('are there for the kinds of this repository', () => {
    expect(readControllers()(named('Repository'))).toEqual([
      'repository',
      'repository-issues',
      'repository-pipelines',
    ]);
    expect(readControllers()(named('Secret'))).toEqual([]);
  });
});

describe('stale files', () => {
  const root = mkdtempSync(join(tmpdir(), 'krate-generate-'));
  afterAll(() => rmSync(root, { recursive: true }));

  const generator: Generator = {
    name: 'letters',
    owns: 'out/letters',
    files: () => [
      { path: 'out/letters/a.txt', content: 'a\n' },
      { path: 'out/letters/b.txt', content: 'b\n' },
    ],
  };
  const stale = () => staleFiles(root, [generator], [], () => []);
  const problems = async () => (await stale()).map(({ path, problem }) => `${problem} ${path}`);

  it('are missing at first, then current', async () => {
    expect(await problems()).toEqual(['missing out/letters/a.txt', 'missing out/letters/b.txt']);
    refresh(root, await stale());
    expect(await problems()).toEqual([]);
  });

  it('are those a hand changed, and those whose kind is gone', async () => {
    writeFileSync(join(root, 'out/letters/a.txt'), 'edited\n');
    writeFileSync(join(root, 'out/letters/old.txt'), 'old\n');
    expect(await problems()).toEqual(['differs out/letters/a.txt', 'left over out/letters/old.txt']);
    refresh(root, await stale());
    expect(await problems()).toEqual([]);
    expect(readFileSync(join(root, 'out/letters/a.txt'), 'utf8')).toBe('a\n');
  });

  it('are never those beside a folder that a generator owns', async () => {
    mkdirSync(join(root, 'out/words'), { recursive: true });
    writeFileSync(join(root, 'out/words/by-hand.txt'), 'kept\n');
    expect(await problems()).toEqual([]);
  });
});
