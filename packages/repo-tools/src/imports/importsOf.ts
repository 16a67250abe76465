import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { filesBelow } from '../workspace/filesBelow';
import { WorkspacePackage } from '../workspace/readWorkspace';

/** One import of another package. */
export interface PackageImport {
  /** The file that imports, from the root. */
  file: string;
  /** As written: `@krate/controller-runtime/testkit`. */
  specifier: string;
  /** The package it names: `@krate/controller-runtime`. */
  package: string;
  /** It matters in tests, while developing or while building only. */
  development: boolean;
}

const SOURCE = /\.(ts|tsx|mts|cts|js|mjs|cjs)$/;
/** Declares what images and style sheets are to the compiler; the bundler takes the import out. */
const TYPES_OF_BUNDLED_FILES = /\/asset-types$/;
const FOLDERS = ['src', 'bin', 'dev', 'migrations'];

/** What runs in tests or while developing only: tests, their helpers, test kits, conformance suites, development set-ups. */
export function isDevelopmentFile(path: string): boolean {
  return (
    /\.(test|conformance)\.tsx?$/.test(path) ||
    /(^|\/)setupTests\.ts$/.test(path) ||
    /\/(__testUtils__|__fixtures__|testkit|testing|conformance)\//.test(path) ||
    /^[^/]+\/[^/]+\/dev\//.test(path)
  );
}

/** Every import of a package in the sources of one package; relative imports and Node's own modules are left out. */
export function importsOf(root: string, { directory }: WorkspacePackage): PackageImport[] {
  return FOLDERS.flatMap(folder => filesBelow(join(root, directory, folder)))
    .filter(file => SOURCE.test(file))
    .flatMap(path => {
      const file = relative(root, path).split(sep).join('/');
      return specifiersIn(readFileSync(path, 'utf8')).map(specifier => ({
        file,
        specifier,
        package: packageOf(specifier),
        development: isDevelopmentFile(file) || TYPES_OF_BUNDLED_FILES.test(specifier),
      }));
    });
}

/** The packages that a text imports, exports from, requires, or names in a type. */
export function specifiersIn(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const names = importedFiles.map(file => file.fileName);
  return [...new Set(names)].filter(
    name => !/^[./]/.test(name) && !/^(node|data|file):/.test(name) && !isBuiltin(name),
  );
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
