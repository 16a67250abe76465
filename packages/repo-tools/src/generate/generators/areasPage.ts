import { Kind } from '@krate/resource-model';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AreaEdges } from '../../imports/checkDirections';
import { ROOT } from '../../workspace/readWorkspace';
import { Generator } from '../Generator';

const MARK = '<!-- Generated from dependencies.json and the kinds by `npm run generate`. -->';

/** The areas as a picture and a table: what each owns, which others it may know, and why. */
export const areasPage: Generator = {
  name: 'areas',
  files: kinds => {
    const edges: AreaEdges = JSON.parse(
      readFileSync(join(ROOT, 'docs/architecture/dependencies.json'), 'utf8'),
    );
    return [{ path: 'docs/architecture/areas.md', content: page(edges, kinds) }];
  },
};

function page({ areas, edges }: AreaEdges, kinds: readonly Kind[]): string {
  const intro = `# Areas

Each area is a family of packages \`x\`, \`x-backend\`, \`x-common\`, \`x-node\`. An arrow says which area may import another one's
\`-common\`, \`-node\` or \`-react\` package; \`npm run check\` refuses every other import between areas.`;
  const arrows = edges.map(({ from, to }) => `  ${from} --> ${to}`);
  const rows = areas.map(area => `| ${area} | ${kindsOf(area, kinds)} | ${knownTo(area, edges)} |`);
  return [
    intro,
    ['```mermaid', 'graph TD', ...arrows, '```'].join('\n'),
    ['| Area | Kinds | Knows |', '| --- | --- | --- |', ...rows].join('\n'),
    `${MARK}\n`,
  ].join('\n\n');
}

/** How many, and where they are listed. */
function kindsOf(area: string, kinds: readonly Kind[]): string {
  const count = kinds.filter(kind => kind.area === area).length;
  return count > 0 ? `[${count}](../reference/kinds/README.md#${area})` : '–';
}

function knownTo(area: string, edges: AreaEdges['edges']): string {
  return (
    edges
      .filter(({ from }) => from === area)
      .map(({ to, why }) => `${to}: ${why}`)
      .join('; ') || '–'
  );
}
