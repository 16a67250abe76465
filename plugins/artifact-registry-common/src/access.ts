import { NAME_PATTERN } from '@krate/resource-model';
import { z } from 'zod';

/** What a subject may do with a feed; each includes the one before it. */
export const feedPermission = z
  .enum(['read', 'write', 'admin'])
  .describe(
    '`read`: list and download. `write`: also publish. `admin`: also change the feed, its policies and its versions.',
  );

/** What the name of a subject names. */
export const feedSubjectKind = z
  .enum(['user', 'team', 'service-account', 'agent-stack'])
  .default('user')
  .describe(
    'What `subject` names: a User, a Team, an AgentServiceAccount or an AgentStack of the organization.',
  );

/** The bare name of a subject; its kind decides what it names. */
export const feedSubject = z
  .string()
  .min(1)
  .max(253)
  .regex(new RegExp(NAME_PATTERN))
  .describe('Name of who gets the permission, in this organization.');

export const accessExpiry = z.iso
  .datetime({ offset: true })
  .optional()
  .describe('From this moment the permission counts no more. Absent: it has no end.');
