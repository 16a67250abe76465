import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as common from '@krate/plugin-control-plane-common';
import ts from 'typescript';
import * as client from '..';

const MODULES: Record<string, unknown> = {
  '@krate/client': client,
  '@krate/plugin-control-plane-common': common,
};

/** The examples of a document: each `ts` block, titled by the text before it. */
export function examplesOf(document: string): [title: string, code: string][] {
  const text = readFileSync(join(__dirname, '../..', document), 'utf8');
  const parts = [...text.matchAll(/([^\n]+)\n\n```ts\n([\s\S]*?)```/g)];
  if (parts.length === 0) throw new Error(`${document} has no examples`);
  return parts.map(([, title, code]) => [title.slice(0, 60), code]);
}

/** Runs an example as a module of its own; `assert` is there, and `process.env` has the environment given. */
export async function runExample(code: string, env: Record<string, string>): Promise<void> {
  const imports = code.match(/^import .*$/gm) ?? [];
  const body = code.replace(/^import .*$/gm, '');
  const source = `${imports.join('\n')}\nexport async function example() {\n${body}\n}`;
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { example?: () => Promise<void> } = {};
  const load = (name: string) => {
    if (name in MODULES) return MODULES[name];
    throw new Error(`The example imports ${name}, which this test does not know`);
  };
  // The code is this package's own README.
  // eslint-disable-next-line no-new-func
  new Function('require', 'exports', 'assert', 'process', outputText)(load, exported, assert, { env });
  await exported.example!();
}
