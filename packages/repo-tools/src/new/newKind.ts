import { addImport, addToExports, addToList } from './edits';
import { camel, pluralOf } from './names';
import { checkFree, packageOf, Place } from './Place';
import { Scaffold } from './Scaffold';
import { kindFile } from './templates/kind';

/** `npm run new -- kind <area> <Kind>` */
export function newKind(place: Place, area: string, kind: string): Scaffold {
  const common = packageOf(place.root, area, '-common');
  checkFree(place, kind);
  const file = `${camel(kind)}.kind`;
  return {
    files: [{ path: `${common}/src/kinds/${file}.ts`, content: kindFile(area, kind) }],
    edits: [
      {
        path: `${common}/src/kinds/index.ts`,
        edit: text =>
          addToList(
            addToExports(addImport(text, `import { ${kind} } from './${file}';`), kind, `./${file}`),
            /Kinds$/,
            kind,
          ),
      },
    ],
    next: [
      `say what a ${kind} is in ${common}/src/kinds/${file}.ts: its fields, conditions and columns`,
      `let something come true: npm run new -- reconciler ${area} ${kind}`,
      `look: npm start, then kubectl explain ${pluralOf(kind)}`,
    ],
  };
}
