import { defineKind, NAME_PATTERN, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

/** The columns of a board that brings none of its own. */
const DEFAULT_COLUMNS = [
  { id: 'todo', displayName: 'To do', default: true },
  { id: 'in-progress', displayName: 'In progress', default: false },
  { id: 'review', displayName: 'Review', default: false },
  { id: 'done', displayName: 'Done', default: false },
];

const column = z.object({
  id: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
    .describe('What issues say in `spec.workflowState`.'),
  displayName: z.string().min(1).max(60).describe('The heading.'),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .optional()
    .describe('Of its mark on the board.'),
  default: z.boolean().default(false).describe('Where new issues go. None: the first column.'),
  limit: z.int().min(1).max(1000).optional().describe('How many issues it should hold at most.'),
});

const names = z.array(z.string().max(253).regex(new RegExp(NAME_PATTERN))).max(50);

export const KrateProject = defineKind({
  kind: 'KrateProject',
  plural: 'krateprojects',
  shortNames: ['project', 'projects'],
  area: 'forge',
  storage: 'config',
  summary: 'A body of work with a board: its repositories, its issues and the agents that help.',
  writableBy: 'maintainer',
  spec: z.object({
    displayName: z.string().min(1).max(120).describe('The name people read.'),
    description: z.string().max(4000).optional().describe('What it is for.'),
    owner: ref('Team').optional().describe('The team that answers for it.'),
    workflowColumns: z
      .array(column)
      .min(1)
      .max(20)
      .default(DEFAULT_COLUMNS)
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['id'] })
      .describe('The board from left to right.'),
    boardState: z.enum(['active', 'archived']).default('active').describe('An archived board is read only.'),
    repositoryRefs: z
      .array(ref('Repository'))
      .max(200)
      .default([])
      .describe('The repositories that belong to it.'),
    stackRefs: names.default([]).describe('Names of the AgentStacks that are offered for its issues.'),
    syncRefs: names
      .default([])
      .describe('Names of the ExternalBackendBindings whose issues are kept in step with its own.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Ready', 'Blocked', 'Archived'])
      .optional()
      .describe('Whether it can be worked on.'),
    openIssues: z.int().optional().describe('Issues on the board that are open.'),
    closedIssues: z.int().optional().describe('Issues on the board that are closed.'),
  }),
  conditions: {
    RepositoriesResolved: ['Resolved', 'RepositoryMissing'],
    Ready: ['Active', 'Archived', 'RepositoryMissing', 'OwnerMissing'],
  },
  columns: [
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Board', path: 'spec.boardState' },
    { name: 'Open Issues', path: 'status.openIssues', type: 'integer' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'System', type: 'project' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateProject',
      metadata: { name: 'shop', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'Web shop',
        description: 'Everything customers see.',
        owner: 'reviewers',
        repositoryRefs: ['web'],
        stackRefs: ['fixer'],
      },
    },
  ],
  docs: `It lives beside repositories and issues rather than with the agents, since a board needs no agent; the stacks it
offers are therefore plain names.`,
});
export type KrateProject = ResourceOf<typeof KrateProject>;
