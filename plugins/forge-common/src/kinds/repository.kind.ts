import { defineKind, NAME_PATTERN, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const initialFile = z.object({
  path: z.string().min(1).max(400).describe('Relative, with forward slashes; never `.git` or `..`.'),
  content: z.string().max(100_000).describe('The file’s text, as UTF-8.'),
  executable: z.boolean().optional().describe('Gives the file mode 755 in git, otherwise 644.'),
});

export const Repository = defineKind({
  kind: 'Repository',
  plural: 'repositories',
  shortNames: ['repo', 'repos'],
  area: 'forge',
  storage: 'config',
  summary: 'A git repository that Krate hosts, protects and runs agents on.',
  writableBy: 'maintainer',
  spec: z.object({
    visibility: z
      .enum(['private', 'internal', 'public'])
      .optional()
      .describe(
        'Default: the organization’s. `private`: members of the organization. `internal`: members of every organization here. `public`: anyone may clone.',
      ),
    description: z.string().max(1000).optional().describe('What it is for, for people.'),
    defaultBranch: z
      .string()
      .min(1)
      .max(200)
      .default('main')
      .describe('By its short name; the server points `HEAD` at it. It cannot be deleted.'),
    topics: z.array(z.string().max(50)).max(20).default([]).describe('Words to find it by.'),
    archived: z.boolean().default(false).describe('Readable, and closed to every push and merge.'),
    initialize: z
      .object({
        message: z.string().max(500).default('Initial commit').describe('Of that commit.'),
        files: z.array(initialFile).min(1).max(200).describe('What that commit contains.'),
      })
      .optional()
      .describe('The first commit of the default branch; ignored once the repository has commits.'),
    importFrom: z
      .object({
        url: z
          .string()
          .max(2000)
          .optional()
          .describe('An address over HTTPS, without a user name or a password.'),
        path: z
          .string()
          .max(1000)
          .optional()
          .describe(
            'A directory of the server, below one that its configuration names; for platform administrators.',
          ),
      })
      .optional()
      .describe('Where the branches and tags are brought from, once, when the repository is made.'),
    renamedTo: z
      .string()
      .max(100)
      .regex(new RegExp(NAME_PATTERN))
      .optional()
      .describe(
        'The name people and git use since it was renamed. `metadata.name` stays, and every earlier name leads here.',
      ),
    formerNames: z
      .array(z.string().max(100))
      .max(50)
      .default([])
      .describe('Names it had between; kept by the server.'),
    deletion: z
      .object({
        at: z.iso
          .datetime({ offset: true })
          .optional()
          .describe('When everything is destroyed; default in seven days, and the server says.'),
        requestedBy: z.string().max(253).optional().describe('Who asked; the server says.'),
      })
      .optional()
      .describe('It is closed to everybody until then, and comes back when this is taken away.'),
  }),
  status: z.object({
    phase: z
      .enum(['Reconciling', 'Ready', 'Degraded'])
      .optional()
      .describe(
        '`Reconciling`: it is being made. `Degraded`: it could not be made or read; the conditions say why.',
      ),
    cloneUrl: z.string().optional().describe('Smart HTTP; the password is a token.'),
    sshUrl: z.string().optional().describe('For a registered SSH key; absent where SSH is not served.'),
    headSha: z.string().optional().describe('Commit of the default branch; absent while it is empty.'),
    import: z
      .object({
        percent: z.int().optional().describe('Of the objects that are to be received.'),
        receivedBytes: z.int().optional().describe('What came so far.'),
        message: z.string().optional().describe('What is being done, for people.'),
      })
      .optional()
      .describe('How far the import is; absent before and after.'),
    branches: z.int().optional().describe('How many branches it has.'),
    issuesSha: z
      .string()
      .optional()
      .describe('The head of the default branch up to which commits were looked through for “closes #2”.'),
    sizeBytes: z.int().optional().describe('Bytes its git objects take on disk.'),
    lastPushAt: z
      .string()
      .optional()
      .describe('When it was last pushed to, to the second; absent before the first push.'),
    pipelinesSha: z
      .string()
      .optional()
      .describe('The head of the default branch whose pipelines were started.'),
  }),
  conditions: {
    BackendReady: [
      'Initialized',
      'Initializing',
      'InitializeFailed',
      'Importing',
      'ImportFailed',
      'Unreadable',
    ],
    Ready: [
      'Available',
      'Initializing',
      'InitializeFailed',
      'Importing',
      'ImportFailed',
      'Unreadable',
      'Deleted',
    ],
  },
  immutable: ['spec.initialize', 'spec.importFrom'],
  columns: [
    { name: 'Visibility', path: 'spec.visibility' },
    { name: 'Default Branch', path: 'spec.defaultBranch' },
    { name: 'Ready', condition: 'Ready' },
    { name: 'Last Push', path: 'status.lastPushAt', type: 'date' },
    { name: 'Clone URL', path: 'status.cloneUrl', priority: 1 },
  ],
  catalog: { as: 'Component', type: 'repository' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Repository',
      metadata: { name: 'web', namespace: 'krate-org-acme' },
      spec: { visibility: 'private', description: 'The web front end' },
    },
  ],
});
export type Repository = ResourceOf<typeof Repository>;
