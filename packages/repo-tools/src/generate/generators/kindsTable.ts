import { Kind } from '@krate/resource-model';
import { Generator } from '../Generator';
import { ControllersOf } from '../readControllers';

const MARK = '<!-- Generated from the declarations of the kinds and reconcilers by `npm run generate`. -->';

const INTRO = `# All kinds at a glance

By area. *config* is kept until it is deleted and mirrored in the catalog where a form is given; *record* is kept for a time. Objects
of a kind without a reconciler are kept as they are written and get no condition; \`kubectl\`, \`krate\`, the portal and the reference say so.
What every word means is in the [README](README.md), what every field means in the [reference](../reference/kinds/README.md).`;

/** The compact map of all kinds: area, storage class, place in the catalog, who acts on them. */
export const kindsTable: Generator = {
  name: 'map of the kinds',
  files: (kinds, controllersOf) => {
    const areas = [...new Set(kinds.map(kind => kind.area))];
    const sections = areas.map(area =>
      section(
        area,
        kinds.filter(kind => kind.area === area),
        controllersOf,
      ),
    );
    const content = `${[INTRO, ...sections, MARK].join('\n\n')}\n`;
    return [{ path: 'docs/architecture/kinds.md', content }];
  },
};

function section(area: string, kinds: readonly Kind[], controllersOf: ControllersOf): string {
  const rows = kinds.map(kind => {
    const { kind: name, storage, catalog, writableBy } = kind;
    const form = catalog ? [catalog.as ?? name, catalog.type].filter(Boolean).join(' ') : '–';
    return `| [${name}](../reference/kinds/${name}.md) | ${storage} | ${form} | ${writableBy} | ${actors(kind, controllersOf)} |`;
  });
  const head = '| Kind | Storage | Catalog | Written by | Reconcilers |\n| --- | --- | --- | --- | --- |';
  return `## ${area}\n\n${head}\n${rows.join('\n')}`;
}

function actors(kind: Kind, controllersOf: ControllersOf): string {
  if (!kind.group) return 'the server itself';
  return controllersOf(kind).join(', ') || 'none installed';
}
