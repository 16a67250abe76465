import { GeneratedFile } from '../generate/Generator';
import { addImport, addToList } from './edits';
import { camel } from './names';
import { dependenciesEdit, kindOf, packageOf, Place } from './Place';
import { Scaffold } from './Scaffold';
import { ListedKind, tabExtensionFile, tabFile, tabTestFile } from './templates/tab';

/** The files of a tab in an area's screens. */
export function tabFiles(screens: string, area: string, listed: ListedKind): GeneratedFile[] {
  const folder = `${screens}/src/${listed.plural}`;
  return [
    { path: `${folder}/extension.tsx`, content: tabExtensionFile(listed) },
    { path: `${folder}/${listed.kind}Tab.tsx`, content: tabFile(area, listed) },
    { path: `${folder}/${listed.kind}Tab.test.tsx`, content: tabTestFile(area, listed) },
  ];
}

/** `npm run new -- tab <area> <Kind>` */
export function newTab(place: Place, area: string, kind: string): Scaffold {
  const { root } = place;
  const screens = packageOf(root, area, '');
  const { plural } = kindOf(place, kind);
  return {
    files: tabFiles(screens, area, { kind, plural }),
    edits: [
      {
        path: `${screens}/src/plugin.tsx`,
        edit: text =>
          addToList(
            addImport(text, `import { ${camel(kind)}Tab } from './${plural}/extension';`),
            /^extensions$/,
            `...${camel(kind)}Tab`,
          ),
      },
      dependenciesEdit(root, screens, [
        '@krate/plugin-control-plane-react',
        `@krate/plugin-${area}-common`,
        '@krate/resource-model',
      ]),
    ],
    next: [
      `draw it in ${screens}/src/${plural}/${kind}Tab.tsx`,
      'its place among the tabs: app.extensions in app-config.yaml',
    ],
  };
}
