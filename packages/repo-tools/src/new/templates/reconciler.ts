import { camel, words } from '../names';

/** What a reconciler's template has to know of its kind. */
export interface ReconciledKind {
  kind: string;
  /** Whether `spec.suspend` is one of its fields. */
  suspendable: boolean;
  /** The condition it sets, with a reason for what is well; absent: the kind declares none. */
  condition?: { type: string; reason: string };
}

/** A reconciler: a pure function from an object to what should be true. */
export function reconcilerFile(area: string, { kind, suspendable, condition }: ReconciledKind): string {
  const name = camel(kind);
  const object = suspendable && condition ? '{ spec }' : '_object';
  return `import { defineReconciler, Result } from '@krate/controller-runtime';
import { ${kind} } from '@krate/plugin-${area}-common';

/** Says whether ${words(kind)} objects are ready. */
export const ${name}Reconciler = defineReconciler({
  for: ${kind},
  reconcile(_ctx, ${object}): Result<typeof ${kind}> {
${resultOf(suspendable, condition)}
  },
});
`;
}

function resultOf(suspendable: boolean, condition: ReconciledKind['condition']): string {
  if (!condition) return `    return {};`;
  const { type, reason } = condition;
  const well = `return {
      conditions: [{ type: '${type}', status: 'True', reason: '${reason}', message: 'Nothing is missing' }],
    };`;
  if (!suspendable) return `    ${well}`;
  return `    if (spec.suspend) {
      return {
        conditions: [
          { type: '${type}', status: 'False', reason: 'Suspended', message: 'spec.suspend is set' },
        ],
      };
    }
    ${well}`;
}

/** The table test of a reconciler, and the laws that all of them keep. */
export function reconcilerTestFile(area: string, { kind, suspendable, condition }: ReconciledKind): string {
  const name = camel(kind);
  const wanted = (status: string, reason: string) =>
    condition ? `['${condition.type}=${status}/${reason}']` : '[]';
  const rows = [
    `{ reason: 'nothing is missing', spec: {}, want: ${wanted('True', condition?.reason ?? '')} },`,
    ...(suspendable && condition
      ? [`{ reason: 'it is suspended', spec: { suspend: true }, want: ${wanted('False', 'Suspended')} },`]
      : []),
  ];
  return `import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import { ${kind} } from '@krate/plugin-${area}-common';
import { ${name}Reconciler } from './${name}Reconciler';

describe('${words(kind)}', () => {
  const given = (spec: Partial<${kind}['spec']>) => {
    const { spec: example } = ${kind}.examples[0] as Pick<${kind}, 'spec'>;
    return { object: anObject(${kind}, { spec: { ...example, ...spec } }) };
  };

  it.each<{ reason: string; spec: Partial<${kind}['spec']>; want: string[] }>([
    ${rows.join('\n    ')}
  ])('$reason', ({ spec, want }) => {
    const { conditions = [] } = reconcileOnce(${name}Reconciler, given(spec));
    expect(conditions.map(({ type, status, reason }) => \`\${type}=\${status}/\${reason}\`)).toEqual(want);
    expectReconcilerLaws(${name}Reconciler, given(spec));
  });
});
`;
}
