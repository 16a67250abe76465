import { camel, checkDashed } from './names';
import { dependenciesEdit, installationEdit, kindOf, packageOf, Place } from './Place';
import { Scaffold } from './Scaffold';
import { admissionRuleFile, admissionRuleTestFile } from './templates/admissionRule';

/** `npm run new -- admission-rule <area> <rule> <Kind>` */
export function newAdmissionRule(place: Place, area: string, rule: string, kind: string): Scaffold {
  const { root } = place;
  const backend = packageOf(root, area, '-backend');
  checkDashed('a rule', rule);
  kindOf(place, kind);
  const name = camel(rule);
  const folder = `${backend}/src/admission`;
  return {
    files: [
      { path: `${folder}/${name}.ts`, content: admissionRuleFile(area, rule, kind) },
      { path: `${folder}/${name}.test.ts`, content: admissionRuleTestFile(area, rule, kind) },
    ],
    edits: [
      installationEdit(root, backend, 'admission', name, `./admission/${name}`),
      dependenciesEdit(root, backend, [
        '@krate/controller-runtime',
        '@krate/plugin-control-plane-node',
        `@krate/plugin-${area}-common`,
        '@krate/resource-model',
      ]),
    ],
    next: [`say in ${folder}/${name}.ts what may not be written; it holds for every client alike`],
  };
}
