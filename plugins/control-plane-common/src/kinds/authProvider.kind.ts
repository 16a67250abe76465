import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

export const AuthProvider = defineKind({
  kind: 'AuthProvider',
  plural: 'authproviders',
  area: 'control-plane',
  storage: 'config',
  summary: 'A way to sign in, as people see it: which provider, whether it is offered, whom it lets in.',
  writableBy: 'admin',
  spec: z.object({
    type: z
      .enum(['github', 'oidc', 'delegated'])
      .describe('`delegated`: a trusted proxy in front signs people in and says who they are.'),
    provider: z
      .string()
      .min(1)
      .max(63)
      .regex(/^[a-zA-Z][-a-zA-Z0-9]*$/)
      .optional()
      .describe('Its id below `auth.providers` in the app-config; by default the type.'),
    displayName: z.string().min(1).max(120).optional().describe('What the sign-in page calls it.'),
    enabled: z.boolean().default(true).describe('Whether it is offered.'),
    issuer: z.url().max(500).optional().describe('OIDC: the issuer, whose metadata is at `/.well-known`.'),
    clientId: z.string().min(1).max(200).optional().describe('The public id of this portal at the provider.'),
    clientSecretRef: z
      .object({
        name: ref('Secret').describe('The secret.'),
        key: z.string().min(1).max(253).default('clientSecret').describe('The key in it.'),
      })
      .optional()
      .describe('Where the client’s secret is. Never the secret itself.'),
    scopes: z
      .array(z.string().min(1).max(100))
      .max(30)
      .default([])
      .describe('Asked for in addition to those that signing in needs.'),
    allowedDomains: z
      .array(z.hostname().max(253))
      .max(50)
      .default([])
      .describe('Domains of verified addresses that may join by invitation. Empty: every domain.'),
    delegated: z
      .object({
        userHeader: z.string().min(1).max(100).default('x-forwarded-user').describe('Names the person.'),
        emailHeader: z.string().min(1).max(100).default('x-forwarded-email').describe('Their address.'),
        groupsHeader: z.string().min(1).max(100).default('x-forwarded-groups').describe('Their groups.'),
        trustedProxies: z
          .array(z.cidrv4())
          .max(50)
          .default([])
          .describe('Only requests from these networks are believed. Empty: none is.'),
      })
      .optional()
      .describe('For type `delegated`.'),
  }),
  status: z.object({
    phase: z
      .enum(['Configured', 'Disabled', 'Incomplete'])
      .optional()
      .describe('`Incomplete`: the app-config does not have what it needs.'),
    callbackUrl: z.string().optional().describe('The address to register at the provider.'),
  }),
  conditions: {
    Configured: ['Configured', 'NotInAppConfig', 'ClientMissing', 'IssuerMissing', 'ProxyUntrusted'],
    SecretExists: ['Found', 'NoneRequired', 'SecretMissing', 'KeyMissing'],
    Ready: ['Offered', 'Disabled', 'Incomplete'],
  },
  immutable: ['spec.type'],
  columns: [
    { name: 'Type', path: 'spec.type' },
    { name: 'Display Name', path: 'spec.displayName' },
    { name: 'Enabled', path: 'spec.enabled', type: 'boolean' },
    { name: 'Phase', path: 'status.phase' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AuthProvider',
      metadata: { name: 'company', namespace: 'krate-org-acme' },
      spec: {
        type: 'oidc',
        displayName: 'Company account',
        issuer: 'https://login.acme.example',
        clientId: 'krate',
        clientSecretRef: { name: 'company-login' },
        allowedDomains: ['acme.example'],
      },
    },
  ],
  docs: `Backstage reads its sign-in providers from the app-config when it starts; this object says what an organization offers
and whether the configuration has it. One in \`krate-system\` speaks for the whole installation.`,
});
export type AuthProvider = ResourceOf<typeof AuthProvider>;
