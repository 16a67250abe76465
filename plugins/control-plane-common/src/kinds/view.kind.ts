import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { fieldPath, listFilter } from './listFilter';

const column = z.object({
  name: z
    .string()
    .min(1)
    .max(60)
    .describe('The heading. A column that the kind declares needs its name alone.'),
  path: fieldPath
    .optional()
    .describe('Where the value of a further column is: a dotted path, or `condition:Ready`.'),
});

const sorting = z.object({
  column: z.string().min(1).max(60).describe('The name of a column.'),
  direction: z.enum(['ascending', 'descending']).default('ascending').describe('Which way it runs.'),
});

export const View = defineKind({
  kind: 'View',
  plural: 'views',
  area: 'control-plane',
  storage: 'config',
  summary: 'A saved list: one kind, what is filtered, which columns are shown, how they are sorted.',
  writableBy: 'viewer',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What the list is for.'),
    kind: z
      .string()
      .max(63)
      .regex(/^[A-Z][A-Za-z0-9]*$/)
      .describe('The kind of the objects it lists, for example `Repository`.'),
    selector: z.object(listFilter).describe('What is filtered. `{}` lists everything.'),
    selectorRef: ref('Selector').optional().describe('A shared filter that must hold as well.'),
    columns: z
      .array(column)
      .max(40)
      .default([])
      .describe('The columns in their order. Empty: those the kind declares.'),
    sort: z.array(sorting).max(5).default([]).describe('The first decides, the next break ties.'),
    visibility: z
      .enum(['private', 'shared'])
      .default('private')
      .describe('`private`: offered to its owner alone. `shared`: offered to everyone in the organization.'),
    pinned: z.boolean().default(false).describe('Shown in the side bar of those it is offered to.'),
    owner: z.string().max(253).optional().describe('Whose it is; set by the server from the caller.'),
  }),
  selectableFields: ['spec.kind', 'spec.owner', 'spec.visibility'],
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Kind', path: 'spec.kind' },
    { name: 'Owner', path: 'spec.owner' },
    { name: 'Visibility', path: 'spec.visibility' },
    { name: 'Pinned', path: 'spec.pinned', type: 'boolean', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'View',
      metadata: { name: 'runs-that-wait', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'Runs that wait for somebody',
        kind: 'AgentDispatchRun',
        selector: { fields: [{ path: 'status.phase', operator: 'In', values: ['AwaitingApproval'] }] },
        columns: [{ name: 'Name', path: 'metadata.name' }, { name: 'Phase' }],
        sort: [{ column: 'Name', direction: 'descending' }],
        visibility: 'shared',
      },
    },
  ],
  docs: `Whoever may read an organization may keep lists in it. A list is changed and deleted by its owner and by maintainers.
\`private\` decides who is offered the list; it hides nothing, since a list shows its reader only what they may read anyway and
its own definition is readable like every other object.`,
});
export type View = ResourceOf<typeof View>;
