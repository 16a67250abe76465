import { Command } from 'commander';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { ApiObject } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { Context, contextOf, namespaceFor } from '../context';
import { note, print, printJson, printTable } from '../output';
import { describeObject } from './describe';

/** Every manifest of a file, of a folder's YAML and JSON files in name order, or of standard input (`-`). */
export async function readManifests(source: string): Promise<ApiObject[]> {
  if (source === '-') {
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    return parseManifests(text, 'standard input');
  }
  if (!existsSync(source)) throw new CliError(`There is no file or folder ${source}`, EXIT.usage);
  const files = statSync(source).isDirectory()
    ? readdirSync(source)
        .filter(name => /\.(ya?ml|json)$/.test(name))
        .sort()
        .map(name => join(source, name))
    : [source];
  return files.flatMap(file => parseManifests(readFileSync(file, 'utf8'), file));
}

export function parseManifests(text: string, origin: string): ApiObject[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) throw new CliError(`${origin}: ${document.errors[0].message}`, EXIT.usage);
    const value = document.toJS();
    if (value === null || value === undefined) return [];
    const objects: ApiObject[] = value.kind === 'List' ? value.items : [value];
    for (const object of objects) {
      if (!object?.kind || !object.apiVersion) throw new CliError(`${origin}: a manifest needs apiVersion and kind`, EXIT.usage);
    }
    return objects;
  });
}

/** `kind name`, `kind/name`, or `kind` alone. */
export function parseTarget(words: string[]): { kind: string; name?: string } {
  const [first, second] = words;
  if (second !== undefined) return { kind: first, name: second };
  const [kind, name] = first.split('/');
  return { kind, name };
}

async function printList(context: Context, kind: string): Promise<void> {
  const { kind: resolved } = await context.client.resource(kind);
  const namespace = namespaceFor(resolved, context);
  if (context.json) {
    printJson(await context.client.list(kind, namespace));
    return;
  }
  const { groupPath, plural } = await context.client.resource(kind);
  const table = await context.client.json(`${groupPath}/namespaces/${namespace}/${plural}`, {
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
  });
  const shown = table.columnDefinitions
    .map((column: any, index: number) => ({ column, index }))
    .filter(({ column }: any) => !column.priority);
  if (table.rows.length === 0) {
    note(`No ${plural} in ${namespace}.`);
    return;
  }
  printTable(
    shown.map(({ column }: any) => column.name),
    table.rows.map((row: any) => shown.map(({ index }: any) => format(row.cells[index]))),
  );
}

const format = (cell: unknown) => (cell === null || cell === undefined ? '' : Array.isArray(cell) ? cell.join(',') : String(cell));

export function registerResources(program: Command): void {
  program
    .command('get <target...>')
    .description('show one object as YAML (kind name, or kind/name), or list a kind')
    .action(async (words: string[], _options, command: Command) => {
      const context = contextOf(command);
      const { kind, name } = parseTarget(words);
      if (!name) {
        await printList(context, kind);
        return;
      }
      const { kind: resolved } = await context.client.resource(kind);
      const object = await context.client.get(kind, namespaceFor(resolved, context), name);
      delete object.metadata.managedFields;
      if (context.json) printJson(object);
      else print(stringify(object));
    });

  program
    .command('list <kind>')
    .description('list the objects of a kind')
    .action(async (kind: string, _options, command: Command) => printList(contextOf(command), kind));

  program
    .command('kinds')
    .description('list the kinds the server has')
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      const resources = await context.client.resources();
      if (context.json) printJson(resources);
      else printTable(['name', 'kind', 'short names'], resources.map(r => [r.name, r.kind, (r.shortNames ?? []).join(',')]));
    });

  program
    .command('describe <target...>')
    .description('tell about one object: its fields, conditions and events')
    .action(async (words: string[], _options, command: Command) => {
      const context = contextOf(command);
      const { kind, name } = parseTarget(words);
      if (!name) throw new CliError('Describe which one? Give a name.', EXIT.usage);
      const { kind: resolved } = await context.client.resource(kind);
      const namespace = namespaceFor(resolved, context);
      const object = await context.client.get(kind, namespace, name);
      const events = await context.client.list('Event', namespace, {
        fieldSelector: `involvedObject.uid=${object.metadata.uid}`,
      });
      if (context.json) printJson({ object, events });
      else print(describeObject(object, events));
    });

  program
    .command('apply')
    .description('create or change objects from files, folders or standard input')
    .requiredOption('-f, --filename <path...>', 'file, folder, or - for standard input')
    .option('--force', 'take over fields that another manager owns', false)
    .option('--dry-run', 'let the server check without storing', false)
    .action(async (options: { filename: string[]; force: boolean; dryRun: boolean }, command: Command) => {
      const context = contextOf(command);
      const manifests = (await Promise.all(options.filename.map(readManifests))).flat();
      const applied: ApiObject[] = [];
      for (const manifest of manifests) {
        const { namespaced } = await context.client.resource(manifest.kind);
        if (namespaced) manifest.metadata.namespace ??= namespaceFor(manifest.kind, context);
        applied.push(await context.client.apply(manifest, options));
        if (!context.json) print(`${manifest.kind}/${manifest.metadata.name} applied${options.dryRun ? ' (dry run)' : ''}`);
      }
      if (context.json) printJson(applied);
    });

  program
    .command('delete <target...>')
    .description('delete one object')
    .action(async (words: string[], _options, command: Command) => {
      const context = contextOf(command);
      const { kind, name } = parseTarget(words);
      if (!name) throw new CliError('Delete which one? Give a name.', EXIT.usage);
      const { kind: resolved } = await context.client.resource(kind);
      await context.client.delete(kind, namespaceFor(resolved, context), name);
      if (!context.json) print(`${resolved}/${name} deleted`);
    });
}
