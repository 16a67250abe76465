import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ApiObject } from './ApiClient';
import { CliError, EXIT } from './CliError';

/**
 * Every manifest of a file, of a folder's YAML and JSON files in the order of their names, or of standard input (`-`).
 *
 * @throws CliError for what is not there, holds nothing, or is no manifest
 */
export async function readManifests(source: string): Promise<ApiObject[]> {
  if (source === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return parseManifests(Buffer.concat(chunks).toString('utf8'), 'standard input');
  }
  if (!existsSync(source)) throw new CliError(`There is no file or folder ${source}`, EXIT.usage);
  if (!statSync(source).isDirectory()) return parseManifests(readFileSync(source, 'utf8'), source);
  const files = readdirSync(source)
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .sort();
  if (files.length === 0) throw new CliError(`The folder ${source} has no YAML or JSON file`, EXIT.usage);
  return files.flatMap(name => parseManifests(readFileSync(join(source, name), 'utf8'), join(source, name)));
}

/** The manifests of a text: one or more YAML documents (JSON is YAML), each an object or a `List`. */
export function parseManifests(text: string, origin: string): ApiObject[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0)
      throw new CliError(`${origin}: ${document.errors[0].message}`, EXIT.usage);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    const { kind, items } = value as { kind?: unknown; items?: unknown };
    const objects: unknown[] = kind === 'List' && Array.isArray(items) ? items : [value];
    return objects.map(object => checked(object, origin));
  });
}

function checked(value: unknown, origin: string): ApiObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<ApiObject>;
  if (!kind || !apiVersion) throw new CliError(`${origin}: a manifest needs apiVersion and kind`, EXIT.usage);
  if (!metadata?.name)
    throw new CliError(`${origin}: a ${kind} has no metadata.name; apply needs one`, EXIT.usage);
  return value as ApiObject;
}
