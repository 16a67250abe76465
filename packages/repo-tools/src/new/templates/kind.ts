import { aOrAn, camel, pluralOf, words } from '../names';

/** The declaration of a kind. */
export function kindFile(area: string, kind: string): string {
  return `import { defineKind, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const ${kind} = defineKind({
  kind: '${kind}',
  plural: '${pluralOf(kind)}',
  area: '${area}',
  storage: 'config',
  summary: '${sentence(kind)} of an organization.',
  writableBy: 'developer',
  spec: z.object({
    description: z.string().max(500).optional().describe('For people: what it is there for.'),
    suspend: z.boolean().default(false).describe('While this is set nothing is done for it.'),
  }),
  status: z.object({}),
  conditions: { Ready: ['Available', 'Suspended'] },
  columns: [{ name: 'Suspended', path: 'spec.suspend', type: 'boolean' }],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: '${kind}',
      metadata: { name: 'example', namespace: 'krate-org-acme' },
      spec: { description: 'The first one.' },
    },
  ],
});
export type ${kind} = ResourceOf<typeof ${kind}>;
`;
}

/** The list of an area's kinds. */
export function kindsIndexFile(area: string, kind: string): string {
  return `import { Kind } from '@krate/resource-model';
import { ${kind} } from './${camel(kind)}.kind';

export { ${kind} };

/** The kinds of ${area}. */
export const ${camel(area)}Kinds: readonly Kind[] = [${kind}];
`;
}

/** Holds every kind of an area to what every kind promises. */
export function kindsTestFile(area: string): string {
  const list = `${camel(area)}Kinds`;
  return `import { platformKinds } from '@krate/plugin-control-plane-common';
import { kindConformanceCases } from '@krate/resource-model';
import { ${list} } from '.';

const alsoInstalled = platformKinds.map(({ kind }) => kind);

describe('the kinds of ${area}', () => {
  it.each(kindConformanceCases(${list}, { alsoInstalled }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});
`;
}

function sentence(kind: string): string {
  const phrase = aOrAn(words(kind));
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}
