import { NAME_PATTERN } from '@krate/resource-model';
import { z } from 'zod';

/** A span of time as Kubernetes writes it: `12h`, `30d`. */
export const duration = () =>
  z
    .string()
    .max(30)
    .regex(/^([0-9]+(s|m|h|d))+$/);

export const kindName = () => z.string().regex(/^[A-Z][A-Za-z0-9]{0,62}$/);

export const objectName = () => z.string().min(1).max(253).regex(new RegExp(NAME_PATTERN));

export const names = (what: string) =>
  z.array(z.string().min(1).max(253)).max(200).default([]).describe(what);

/** Where a policy holds. */
export const scope = (what: string) =>
  z
    .object({
      repositories: names('Names or globs of repositories; empty: all.'),
      environments: z
        .array(z.enum(['development', 'staging', 'production']))
        .max(3)
        .default([])
        .describe('By the label `krate.a5c.ai/environment`; empty: all.'),
      branches: names('Globs of branches, for kinds that have one; empty: all.'),
      runnerPools: names('Names of runner pools, for kinds that run in one; empty: all.'),
      resourceKinds: z
        .array(kindName())
        .max(50)
        .default([])
        .describe('Of the kinds of the template, only these; empty: all.'),
      labels: z
        .record(z.string(), z.string().max(63))
        .optional()
        .describe('Labels that an object must have, all of them.'),
    })
    .default({ repositories: [], environments: [], branches: [], runnerPools: [], resourceKinds: [] })
    .describe(what);
