import { newAdmissionRule } from './newAdmissionRule';
import { newArea } from './newArea';
import { newKind } from './newKind';
import { newReconciler } from './newReconciler';
import { newTab } from './newTab';
import { Place } from './Place';
import { removeArea } from './removeArea';
import { Scaffold } from './Scaffold';

/** Something that can be made, and what has to be known for it. */
export interface Making {
  name: string;
  /** One line of the help. */
  summary: string;
  /** Asked for in this order where the command line lacks it. */
  arguments: readonly { name: string; question: string }[];
  make(place: Place, values: readonly string[]): Scaffold;
}

const AREA = { name: 'area', question: 'Which area?' };
const KIND = { name: 'Kind', question: 'Which kind?' };

export const MAKINGS: readonly Making[] = [
  {
    name: 'kind',
    summary: 'a kind in an area that stands',
    arguments: [AREA, { name: 'Kind', question: 'What is the kind called (a noun, BuildCache)?' }],
    make: (place, [area, kind]) => newKind(place, area, kind),
  },
  {
    name: 'reconciler',
    summary: 'what makes a kind come true, and its table test',
    arguments: [AREA, KIND],
    make: (place, [area, kind]) => newReconciler(place, area, kind),
  },
  {
    name: 'admission-rule',
    summary: 'a rule on writes to a kind',
    arguments: [AREA, { name: 'rule', question: 'What is the rule called (short-names)?' }, KIND],
    make: (place, [area, rule, kind]) => newAdmissionRule(place, area, rule, kind),
  },
  {
    name: 'tab',
    summary: 'a tab of every repository, with the objects of a kind',
    arguments: [AREA, KIND],
    make: (place, [area, kind]) => newTab(place, area, kind),
  },
  {
    name: 'area',
    summary: 'three packages with one kind, its reconciler and its tab, installed',
    arguments: [
      { name: 'area', question: 'What is the area called (build-caches)?' },
      { name: 'Kind', question: 'What is its first kind called (BuildCache)?' },
    ],
    make: (place, [area, kind]) => newArea(place, area, kind),
  },
  {
    name: 'remove area',
    summary: 'takes away what a new area brought, unless others need it',
    arguments: [AREA],
    make: (place, [area]) => removeArea(place, area),
  },
];

/** How to use the command. */
export function usage(): string {
  const lines = MAKINGS.map(({ name, summary, arguments: parts }) => {
    const call = [name, ...parts.map(part => `<${part.name}>`)].join(' ');
    return `  npm run new -- ${call.padEnd(38)} ${summary}`;
  });
  return `${lines.join('\n')}\n\nWhat is missing is asked for. --quick leaves out linking packages, generated files and API reports.\n`;
}
