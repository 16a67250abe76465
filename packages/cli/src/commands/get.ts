import { Command } from 'commander';
import { stringify } from 'yaml';
import { isUnattended } from '../ApiClient';
import { Context, contextOf, getObject } from '../context';
import { noteUnattended } from '../noteUnattended';
import { note, print, printJson, printTable } from '../output';
import { parseTarget } from '../parseTarget';

/** A `meta.k8s.io/v1` Table, as far as it is shown. */
interface WireTable {
  columnDefinitions: { name: string; priority?: number }[];
  rows: { cells: unknown[] }[];
}

const AS_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return Array.isArray(cell) ? cell.join(',') : String(cell);
}

/** The columns are the server's, the same that kubectl and the portal show. */
async function printList(context: Context, kind: string): Promise<void> {
  const { client } = context;
  const namespace = await context.namespaceOf(kind);
  await noteUnattended(client, kind);
  if (context.json) {
    printJson(await client.list(kind, namespace));
    return;
  }
  const table = await client.json<WireTable>(await client.path(kind, namespace), {
    headers: { accept: AS_TABLE },
  });
  if (table.rows.length === 0) {
    const { plural } = await client.resource(kind);
    note(`No ${plural}${namespace ? ` in ${namespace}` : ''}.`);
    return;
  }
  const shown = table.columnDefinitions
    .map(({ name, priority }, index) => ({ name, priority, index }))
    .filter(({ priority }) => !priority);
  printTable(
    shown.map(({ name }) => name),
    table.rows.map(row => shown.map(({ index }) => cellText(row.cells[index]))),
  );
}

export function registerGet(program: Command): void {
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
      const object = await getObject(context, kind, name);
      await noteUnattended(context.client, kind);
      delete object.metadata.managedFields;
      if (context.json) printJson(object);
      else print(stringify(object, { lineWidth: 0 }));
    });

  program
    .command('list <kind>')
    .description('list the objects of a kind')
    .action(async (kind: string, _options, command: Command) => printList(contextOf(command), kind));

  program
    .command('kinds')
    .description('list the kinds the server has')
    .action(async (_options, command: Command) => {
      const { client, json } = contextOf(command);
      const resources = await client.resources();
      if (json) printJson(resources);
      else
        printTable(
          ['name', 'kind', 'short names', 'area', 'controllers'],
          resources.map(each => [
            each.name,
            each.kind,
            (each.shortNames ?? []).join(','),
            each.krate?.area,
            isUnattended(each) ? 'none installed' : each.krate?.controllers?.join(','),
          ]),
        );
    });
}
