import { moment, NAME_PATTERN } from '@krate/resource-model';
import { z } from 'zod';

/** The three ways in which a backend outside can stand behind Krate, and the registry of packages. */
export const INTERFACES = ['issueTracking', 'cicd', 'gitForge', 'artifactRegistry'] as const;

/** Who has the last word about an object that exists on both sides. */
export const OWNERSHIP_MODES = [
  'external-owned',
  'krate-owned',
  'bidirectional',
  'read-only',
  'write-through',
  'reviewed-write',
] as const;

/** How a field that was changed on both sides is settled. */
export const STRATEGIES = ['prefer-external', 'prefer-krate', 'manual', 'ignore'] as const;

/** `github`, `jira`, …; `custom` names its adapter itself. */
export const PROVIDER_TYPES = [
  'github',
  'gitlab',
  'bitbucket-cloud',
  'bitbucket-dc',
  'azure-devops',
  'jira',
  'linear',
  'buildkite',
  'circleci',
  'jenkins',
  'gitea',
  'gerrit',
  'raw-git',
  'custom',
] as const;

const MODES_EXPLAINED =
  '`external-owned`: it decides, Krate mirrors. `krate-owned`: Krate decides. `bidirectional`: both, conflicts are settled. `read-only`: Krate never writes. `write-through`: what people change here is written there at once. `reviewed-write`: only after an approval.';

export const ownershipMode = () => z.enum(OWNERSHIP_MODES).describe(MODES_EXPLAINED);

export const interfaceName = (what: string) => z.enum(INTERFACES).describe(what);

/** A span of time as Kubernetes writes it: `90s`, `15m`, `1h30m`, `7d`. */
export const duration = () =>
  z
    .string()
    .max(30)
    .regex(/^([0-9]+(s|m|h|d))+$/);

/** An object of this organization, whatever its kind; `what` says which role it plays. */
export const localRef = (what: string) =>
  z
    .object({
      apiVersion: z
        .string()
        .max(100)
        .default('krate.a5c.ai/v1alpha1')
        .describe('Group and version of its kind.'),
      kind: z
        .string()
        .regex(/^[A-Z][A-Za-z0-9]{0,62}$/)
        .describe('Its kind: `Issue`, `PullRequest`, `Repository`, …'),
      name: z.string().min(1).max(253).regex(new RegExp(NAME_PATTERN)).describe('Its name.'),
    })
    .describe(what);

/** Where an object lives at the provider: enough to find it, to link to it and to tell whether it moved. */
export const nativeObject = (what: string) =>
  z
    .object({
      nativeKind: z
        .string()
        .max(60)
        .optional()
        .describe('What the provider calls such a thing: `pull_request`, `work_item`.'),
      nativeId: z.string().min(1).max(253).optional().describe('The provider’s own id of it.'),
      nativeNumber: z.int().min(0).optional().describe('The number people know it by, where it has one.'),
      nodeId: z
        .string()
        .max(253)
        .optional()
        .describe('Its global id, for providers with one beside the plain id.'),
      url: z.url().optional().describe('Where a person looks at it.'),
      apiUrl: z.url().optional().describe('Where a program reads it.'),
      etag: z
        .string()
        .max(253)
        .optional()
        .describe('Tag of the version last read, for conditional requests.'),
      resourceVersion: z.string().max(253).optional().describe('The provider’s version of it last read.'),
      lastSeenAt: moment().optional().describe('When the provider last mentioned it.'),
      lastSyncedAt: moment().optional().describe('When both sides last agreed.'),
    })
    .describe(what);

/** What went wrong last, without anything secret. */
export const lastError = () =>
  z
    .object({
      class: z
        .enum([
          'auth',
          'permission',
          'not-found',
          'validation',
          'conflict',
          'rate-limit',
          'network',
          'provider',
          'internal',
        ])
        .describe('What kind of failure; `rate-limit`, `network` and `provider` are tried again.'),
      message: z.string().max(4096).describe('What to do about it, in a sentence; nothing secret.'),
      at: moment().optional().describe('When it happened.'),
    })
    .optional()
    .describe('What went wrong last. Absent after a success.');
