import { camel } from '../names';

/** A rule on writes to a kind. */
export function admissionRuleFile(area: string, rule: string, kind: string): string {
  const name = camel(rule);
  return `import { AdmissionRule } from '@krate/plugin-control-plane-node';
import { ${kind} } from '@krate/plugin-${area}-common';
import { ApiError } from '@krate/resource-model';

/** So many characters of a name fit into a label, and into a line of a table. */
const LONGEST_NAME = 40;

/** A new ${kind} has a name that tables and labels can show whole. */
export const ${name}: AdmissionRule<typeof ${kind}> = {
  name: '${area}-${rule}',
  kinds: [${kind}],
  operations: ['create'],
  admit({ object }) {
    if (object.metadata.name.length <= LONGEST_NAME) return;
    const message = \`A name has at most \${LONGEST_NAME} characters\`;
    throw new ApiError('Invalid', message, {
      causes: [{ reason: 'NAME_TOO_LONG', field: 'metadata.name', message }],
    });
  },
};
`;
}

/** The test of an admission rule. */
export function admissionRuleTestFile(area: string, rule: string, kind: string): string {
  const name = camel(rule);
  return `import { anObject } from '@krate/controller-runtime/testkit';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { ${kind} } from '@krate/plugin-${area}-common';
import { ApiError } from '@krate/resource-model';
import { ${name} } from './${name}';

/** The code of the refusal; undefined when the write is admitted. */
async function refusalOf(objectName: string): Promise<string | undefined> {
  const request = {
    operation: 'create',
    kind: ${kind},
    namespace: 'krate-org-acme',
    object: anObject(${kind}, { metadata: { name: objectName } }),
    principal: { type: 'user', name: 'ada' },
    dryRun: false,
  } as AdmissionRequest<typeof ${kind}>;
  try {
    await ${name}.admit(request);
    return undefined;
  } catch (error) {
    return (error as ApiError).details.causes?.[0]?.reason;
  }
}

describe('${rule}', () => {
  it.each([
    { reason: 'a short name', objectName: 'web', want: undefined },
    { reason: 'a name that no table shows whole', objectName: 'w'.repeat(41), want: 'NAME_TOO_LONG' },
  ])('$reason', async ({ objectName, want }) => {
    expect(await refusalOf(objectName)).toBe(want);
  });
});
`;
}
