import { crdOf } from '@krate/resource-model';
import { stringify } from 'yaml';
import { Generator } from '../Generator';

const FOLDER = 'charts/krate/crds';

/** One CustomResourceDefinition a kind, for editors, GitOps validation and clusters that want the schemas. */
export const crds: Generator = {
  name: 'CRDs',
  owns: FOLDER,
  files: kinds =>
    kinds
      .filter(kind => kind.group)
      .map(kind => ({
        path: `${FOLDER}/${kind.resource}.yaml`,
        content: `# Generated from the declaration of the kind by \`npm run generate\`.\n${yaml(crdOf(kind))}`,
      })),
};

/** Repeated parts are written out: an alias saves bytes and costs every reader. */
function yaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 110 });
}
