import { Kind } from '@krate/resource-model';
import { z } from 'zod';
import { camel } from './names';
import { dependenciesEdit, installationEdit, kindOf, packageOf, Place } from './Place';
import { Scaffold } from './Scaffold';
import { ReconciledKind, reconcilerFile, reconcilerTestFile } from './templates/reconciler';

function reconciledKind(kind: Kind): ReconciledKind {
  const [first] = Object.entries(kind.conditions ?? {});
  const { properties = {} } = z.toJSONSchema(kind.spec, { unrepresentable: 'any' }) as {
    properties?: Record<string, unknown>;
  };
  return {
    kind: kind.kind,
    suspendable: 'suspend' in properties && (first?.[1] ?? []).includes('Suspended'),
    ...(first && { condition: { type: first[0], reason: first[1][0] } }),
  };
}

/** `npm run new -- reconciler <area> <Kind>` */
export function newReconciler(place: Place, area: string, kind: string): Scaffold {
  const { root } = place;
  const backend = packageOf(root, area, '-backend');
  const described = reconciledKind(kindOf(place, kind));
  const name = `${camel(kind)}Reconciler`;
  const folder = `${backend}/src/reconcilers`;
  return {
    files: [
      { path: `${folder}/${name}.ts`, content: reconcilerFile(area, described) },
      { path: `${folder}/${name}.test.ts`, content: reconcilerTestFile(area, described) },
    ],
    edits: [
      installationEdit(root, backend, 'reconcilers', name, `./reconcilers/${name}`),
      dependenciesEdit(root, backend, ['@krate/controller-runtime', `@krate/plugin-${area}-common`]),
    ],
    next: [
      `say in ${folder}/${name}.ts what should be true; every row of the table beside it is a case`,
      'what has to be done in the outside world is an effect: docs/guides/add-a-kind.md',
    ],
  };
}
