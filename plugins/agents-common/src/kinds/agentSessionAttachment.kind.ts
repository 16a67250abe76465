import { defineKind, digest, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AgentSessionAttachment = defineKind({
  kind: 'AgentSessionAttachment',
  plural: 'agentsessionattachments',
  area: 'agents',
  storage: 'record',
  summary: 'A file that belongs to a session: given to the agent, or made by it.',
  writableBy: 'system',
  spec: z.object({
    sessionRef: ref('AgentSession').describe('The session.'),
    sourceType: z.enum(['workspace', 'upload', 'tool-output']).describe('Where it came from.'),
    digest: digest().describe('Of the content as it is kept, after redaction.'),
    fileName: z.string().min(1).max(253).optional().describe('What it is called.'),
    originalPath: z.string().max(1000).optional().describe('Where it was in the workspace.'),
    mimeType: z.string().max(120).default('application/octet-stream').describe('Its media type.'),
    size: z.int().min(0).optional().describe('In bytes.'),
    redacted: z.boolean().default(false).describe('Something was taken out.'),
  }),
  status: z.object({
    phase: z.enum(['Available', 'Expired', 'Missing']).optional().describe('Whether it can be opened.'),
  }),
  conditions: { Available: ['Stored', 'Expired', 'ContentMissing'] },
  immutable: ['spec.sessionRef', 'spec.digest', 'spec.sourceType'],
  selectableFields: ['spec.sessionRef', 'spec.sourceType'],
  columns: [
    { name: 'Session', path: 'spec.sessionRef' },
    { name: 'File', path: 'spec.fileName' },
    { name: 'Source', path: 'spec.sourceType' },
    { name: 'Size', path: 'spec.size', type: 'integer' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentSessionAttachment',
      metadata: { name: 'fix-x7k2p-1-log', namespace: 'krate-org-acme' },
      spec: {
        sessionRef: 'fix-x7k2p-1',
        sourceType: 'tool-output',
        digest: 'sha256:fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
        fileName: 'npm-test.log',
        mimeType: 'text/plain',
        size: 4096,
        redacted: true,
      },
    },
  ],
});
export type AgentSessionAttachment = ResourceOf<typeof AgentSessionAttachment>;
