import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../workspace/readWorkspace';
import { Generator } from './Generator';
import { generators } from './generators';
import { readKinds } from './readKinds';
import { refresh } from './refresh';
import { staleFiles } from './staleFiles';

describe('the generated files of this repository', () => {
  const kinds = readKinds();

  it('are current (if not: npm run generate)', () => {
    expect(staleFiles(ROOT, generators, kinds).map(({ path, problem }) => `${problem} ${path}`)).toEqual([]);
  });

  it.each(generators.map(generator => [generator.name, generator] as const))(
    '%s: the same kinds give the same bytes',
    (_name, generator) => {
      expect(generator.files(kinds)).toEqual(generator.files(readKinds()));
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
  const problems = () => staleFiles(root, [generator], []).map(({ path, problem }) => `${problem} ${path}`);

  it('are missing at first, then current', () => {
    expect(problems()).toEqual(['missing out/letters/a.txt', 'missing out/letters/b.txt']);
    refresh(root, staleFiles(root, [generator], []));
    expect(problems()).toEqual([]);
  });

  it('are those a hand changed, and those whose kind is gone', () => {
    writeFileSync(join(root, 'out/letters/a.txt'), 'edited\n');
    writeFileSync(join(root, 'out/letters/old.txt'), 'old\n');
    expect(problems()).toEqual(['differs out/letters/a.txt', 'left over out/letters/old.txt']);
    refresh(root, staleFiles(root, [generator], []));
    expect(problems()).toEqual([]);
    expect(readFileSync(join(root, 'out/letters/a.txt'), 'utf8')).toBe('a\n');
  });

  it('are never those beside a folder that a generator owns', () => {
    mkdirSync(join(root, 'out/words'), { recursive: true });
    writeFileSync(join(root, 'out/words/by-hand.txt'), 'kept\n');
    expect(problems()).toEqual([]);
  });
});
