import { z } from 'zod';

/** A git commit, in full. */
export const commit = () => z.string().regex(/^[0-9a-f]{40}$/);

/** A path below the root of the brain: no leading slash. */
export const brainPath = () =>
  z
    .string()
    .min(1)
    .max(1000)
    .regex(/^[^/\s][^\s]*$/);

export const brainPaths = (what: string) => z.array(brainPath()).max(200).default([]).describe(what);

/** The name of a kind of node or edge, as the ontology has it. */
export const term = () =>
  z
    .string()
    .max(63)
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/);

/** How a ref was turned into a commit. */
export const REF_MODES = ['current', 'explicit-ref', 'ref-at-time', 'snapshot-tag'] as const;

export const QUERY_MODES = ['auto', 'graph', 'grep', 'semantic', 'document-read'] as const;
