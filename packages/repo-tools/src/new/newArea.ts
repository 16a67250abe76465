import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addBelowLast, addToList } from './edits';
import { camel, checkDashed, pascalOf, pluralOf } from './names';
import { tabFiles } from './newTab';
import { checkFree, dependenciesEdit, Place, versionsIn } from './Place';
import { Scaffold, ScaffoldError } from './Scaffold';
import {
  backendManifest,
  commonManifest,
  moduleFile,
  pluginFile,
  readmeFile,
  screensManifest,
} from './templates/areaPackages';
import { kindFile, kindsIndexFile, kindsTestFile } from './templates/kind';
import { reconcilerFile, reconcilerTestFile } from './templates/reconciler';

const ESLINT = "module.exports = require('../../packages/repo-tools/eslint')(__dirname);\n";
const EDGES = 'docs/architecture/dependencies.json';

/** `npm run new -- area <area> <Kind>` */
export function newArea(place: Place, area: string, kind: string): Scaffold {
  const { root } = place;
  checkDashed('an area', area);
  checkFree(place, kind);
  const taken = ['', '-common', '-backend'].find(suffix =>
    existsSync(join(root, `plugins/${area}${suffix}`)),
  );
  if (taken !== undefined) throw new ScaffoldError(`plugins/${area}${taken} exists already`);

  const versionOf = versionsIn(root);
  const [common, backend, screens] = ['-common', '-backend', ''].map(suffix => `plugins/${area}${suffix}`);
  const described = { kind, suspendable: true, condition: { type: 'Ready', reason: 'Available' } };
  const title = pascalOf(area).replace(/([a-z])([A-Z])/g, '$1 $2');
  const edge = `{ "from": "${area}", "to": "control-plane", "why": "installs its kinds, reconcilers and rules" }`;
  return {
    packages: true,
    files: [
      { path: `${common}/package.json`, content: commonManifest(area, versionOf) },
      { path: `${common}/src/index.ts`, content: "export * from './kinds';\n" },
      { path: `${common}/src/kinds/index.ts`, content: kindsIndexFile(area, kind) },
      { path: `${common}/src/kinds/${camel(kind)}.kind.ts`, content: kindFile(area, kind) },
      { path: `${common}/src/kinds/kinds.test.ts`, content: kindsTestFile(area) },
      {
        path: `${common}/README.md`,
        content: readmeFile({
          title: `${title}, in common`,
          what: `The kinds of ${area}.`,
          api: `One file for each kind in \`src/kinds\`; \`${camel(area)}Kinds\` lists them.`,
          develop: `\`npm run new -- kind ${area} <Kind>\` adds a kind.`,
          notes: 'A kind is declared once; everything else derives from its file.',
        }),
      },
      { path: `${backend}/package.json`, content: backendManifest(area, versionOf) },
      {
        path: `${backend}/src/index.ts`,
        content: `export { ${camel(area)}Module as default } from './module';\n`,
      },
      { path: `${backend}/src/module.ts`, content: moduleFile(area, kind) },
      {
        path: `${backend}/src/reconcilers/${camel(kind)}Reconciler.ts`,
        content: reconcilerFile(area, described),
      },
      {
        path: `${backend}/src/reconcilers/${camel(kind)}Reconciler.test.ts`,
        content: reconcilerTestFile(area, described),
      },
      {
        path: `${backend}/README.md`,
        content: readmeFile({
          title: `${title}, in the backend`,
          what: `What makes the kinds of ${area} come true.`,
          api: 'A module of the control plane: reconcilers in `src/reconcilers`, admission rules in `src/admission`.',
          develop: `\`npm run new -- reconciler ${area} <Kind>\` adds a reconciler.`,
          notes: 'A reconciler is a pure function; its test is a table beside it.',
        }),
      },
      { path: `${screens}/package.json`, content: screensManifest(area, versionOf) },
      {
        path: `${screens}/src/index.ts`,
        content: `export { ${camel(area)}Plugin as default } from './plugin';\n`,
      },
      { path: `${screens}/src/plugin.tsx`, content: pluginFile(area, kind) },
      ...tabFiles(screens, area, { kind, plural: pluralOf(kind) }),
      {
        path: `${screens}/README.md`,
        content: readmeFile({
          title,
          what: `The screens of ${area}.`,
          api: 'A plugin of the portal, discovered through the dependencies of `packages/app`.',
          develop: `\`npm run new -- tab ${area} <Kind>\` adds a tab to every repository.`,
          notes: 'Code of a tab or page is loaded when it is opened.',
        }),
      },
      ...[common, backend, screens].map(folder => ({ path: `${folder}/.eslintrc.js`, content: ESLINT })),
    ],
    edits: [
      {
        path: EDGES,
        edit: text => addToList(addToList(text, /^"areas"$/, JSON.stringify(area)), /^"edges"$/, edge),
      },
      {
        path: 'packages/backend/src/index.ts',
        edit: text =>
          addBelowLast(text, 'backend.add(', `backend.add(import('@krate/plugin-${area}-backend'));`),
      },
      dependenciesEdit(root, 'packages/backend', [`@krate/plugin-${area}-backend`]),
      dependenciesEdit(root, 'packages/app', [`@krate/plugin-${area}`]),
    ],
    next: [
      `say what a ${kind} is in ${common}/src/kinds/${camel(kind)}.kind.ts`,
      `say what should be true in ${backend}/src/reconcilers/${camel(kind)}Reconciler.ts`,
      `draw its tab in ${screens}/src/${pluralOf(kind)}/${kind}Tab.tsx`,
      'look: npm start',
    ],
  };
}
