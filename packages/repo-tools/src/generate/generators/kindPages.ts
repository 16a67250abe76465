import { isUnattended, Kind, markdownOf } from '@krate/resource-model';
import { GeneratedFile, Generator } from '../Generator';
import { ControllersOf } from '../readControllers';

const FOLDER = 'docs/reference/kinds';
const MARK = '<!-- Generated from the declaration of the kind by `npm run generate`. -->';

/** A reference page for each kind, and the list of them. */
export const kindPages: Generator = {
  name: 'reference of kinds',
  owns: FOLDER,
  files: (kinds, controllersOf) => [
    index(kinds, controllersOf),
    ...kinds.map(kind => page(kind, controllersOf)),
  ],
};

function page(kind: Kind, controllersOf: ControllersOf): GeneratedFile {
  const text = markdownOf(kind, controllersOf(kind)).trimEnd();
  return { path: `${FOLDER}/${kind.kind}.md`, content: `${text}\n\n${MARK}\n` };
}

function index(kinds: readonly Kind[], controllersOf: ControllersOf): GeneratedFile {
  const areas = [...new Set(kinds.map(kind => kind.area))];
  const tables = areas.map(area => {
    const rows = kinds
      .filter(kind => kind.area === area)
      .map(kind => {
        const idle = isUnattended(kind, controllersOf(kind)) ? ' *No controller installed.*' : '';
        return `| [${kind.kind}](${kind.kind}.md) | ${kind.storage} | ${cell(kind.summary)}${idle} |`;
      });
    return [`## ${area}`, '', '| Kind | Storage | What it is |', '| --- | --- | --- |', ...rows].join('\n');
  });
  const intro = `# Kinds\n\nEvery kind that Krate serves, by area. \`config\` is kept until it is deleted; \`record\` is kept for a time.`;
  return { path: `${FOLDER}/README.md`, content: `${[intro, ...tables, MARK].join('\n\n')}\n` };
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
}
