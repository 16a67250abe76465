import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const SSHKey = defineKind({
  kind: 'SSHKey',
  plural: 'sshkeys',
  area: 'forge',
  storage: 'config',
  summary: 'A public key that opens repositories: a person’s, one repository’s, or an automation’s.',
  writableBy: 'admin',
  spec: z.object({
    scope: z
      .enum(['user', 'deploy', 'automation'])
      .describe(
        '`user`: what its owner may. `deploy`: one repository. `automation`: the repositories it names.',
      ),
    key: z
      .string()
      .max(16_384)
      .regex(
        /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+={0,3}( [^\n]*)?$/,
      )
      .describe('The public key as OpenSSH writes it, in one line. Never a private key.'),
    title: z.string().min(1).max(120).optional().describe('What people call it, for example the laptop.'),
    owner: ref('User').optional().describe('Whose key it is; needed by scope `user`.'),
    repository: ref('Repository').optional().describe('What it opens; needed by scope `deploy`.'),
    repositories: z
      .array(ref('Repository'))
      .max(200)
      .default([])
      .describe('What a key of scope `automation` opens; empty: nothing.'),
    readOnly: z
      .boolean()
      .optional()
      .describe('Clone and fetch only. By default a user’s key may push and the others may not.'),
    uses: z
      .array(z.enum(['authentication', 'signing']))
      .min(1)
      .default(['authentication', 'signing'])
      .describe(
        '`authentication`: it opens repositories. `signing`: commits signed by it count as its owner’s.',
      ),
    expiresAt: z.iso.datetime({ offset: true }).optional().describe('It opens nothing after this.'),
    revoked: z.boolean().default(false).describe('Takes it back and keeps its record.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Synced', 'Expired', 'Revoked'])
      .optional()
      .describe('Whether it opens anything.'),
    fingerprint: z.string().optional().describe('As `ssh-keygen -l` prints it: `SHA256:…`.'),
    keyType: z.string().optional().describe('The algorithm and its bits, for example `ED25519 256`.'),
    lastUsedAt: z.string().optional().describe('When it last opened a repository.'),
  }),
  conditions: {
    KeyReadable: ['Readable', 'Unreadable', 'TooWeak', 'Duplicate'],
    Ready: ['Active', 'Revoked', 'Expired', 'KeyRefused', 'OwnerMissing', 'RepositoryMissing'],
  },
  immutable: ['spec.key', 'spec.scope'],
  selectableFields: ['spec.scope', 'spec.owner', 'spec.repository'],
  columns: [
    { name: 'Title', path: 'spec.title' },
    { name: 'Scope', path: 'spec.scope' },
    { name: 'Owner', path: 'spec.owner' },
    { name: 'Fingerprint', path: 'status.fingerprint' },
    { name: 'Ready', condition: 'Ready' },
    { name: 'Last Used', path: 'status.lastUsedAt', type: 'date', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'SSHKey',
      metadata: { name: 'ada-laptop', namespace: 'krate-org-acme' },
      spec: {
        scope: 'user',
        key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5YkZTLqRXmVWgzJ5bHZ0M9fFqTDYCp1mV3sQ0c2n7e ada@laptop',
        title: 'Laptop',
        owner: 'ada',
      },
    },
  ],
  docs: `A key is never changed, only revoked and replaced, so that the record of who could enter stays true. The same key cannot
be registered twice in an organization.`,
});
export type SSHKey = ResourceOf<typeof SSHKey>;
