import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../workspace/readWorkspace';
import { Generator } from '../Generator';

const FOLDER = 'docs/adr';
const INTRO = `# Decisions

Context, decision, consequences: a page each at most. What is overtaken says so and is not edited.`;
const MARK = '<!-- Generated from the files beside it by `npm run generate`. -->';

/** The list of the decisions. */
export const decisionsPage: Generator = {
  name: 'decisions',
  files: () => {
    const lines = readdirSync(join(ROOT, FOLDER))
      .filter(name => /^\d{4}-.*\.md$/.test(name))
      .sort()
      .map(name => `* [${titleOf(readFileSync(join(ROOT, FOLDER, name), 'utf8'), name)}](${name})`);
    return [{ path: `${FOLDER}/README.md`, content: `${[INTRO, lines.join('\n'), MARK].join('\n\n')}\n` }];
  },
};

function titleOf(text: string, name: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? name;
}
