import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { linkSource, workItemRef } from './workItemRef';

export const WorkItemWorkspaceLink = defineKind({
  kind: 'WorkItemWorkspaceLink',
  plural: 'workitemworkspacelinks',
  area: 'agents',
  storage: 'record',
  summary: 'Ties a workspace to the issue or pull request that is worked on in it.',
  writableBy: 'developer',
  spec: z.object({
    workItemRef: workItemRef.describe('What is worked on.'),
    workspace: ref('KrateWorkspace').describe('Where.'),
    relation: z
      .enum(['implementation-workspace', 'review-workspace', 'reproduction-workspace', 'reference'])
      .default('implementation-workspace')
      .describe('What the workspace is for the work item.'),
    linkSource,
  }),
  status: z.object({
    phase: z.enum(['Active', 'Ended', 'Broken']).optional().describe('`Broken`: one of the two is gone.'),
  }),
  conditions: { Ready: ['Linked', 'WorkspaceArchived', 'WorkItemMissing', 'WorkspaceMissing'] },
  immutable: ['spec.workItemRef', 'spec.workspace'],
  selectableFields: ['spec.workItemRef.kind', 'spec.workItemRef.name', 'spec.workspace'],
  columns: [
    { name: 'Work Item', path: 'spec.workItemRef.name' },
    { name: 'Workspace', path: 'spec.workspace' },
    { name: 'Relation', path: 'spec.relation' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'WorkItemWorkspaceLink',
      metadata: { name: 'web-2-fix-x7k2p', namespace: 'krate-org-acme' },
      spec: { workItemRef: { kind: 'Issue', name: 'web-2' }, workspace: 'fix-x7k2p' },
    },
  ],
});
export type WorkItemWorkspaceLink = ResourceOf<typeof WorkItemWorkspaceLink>;
