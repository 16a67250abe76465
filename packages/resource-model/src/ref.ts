import { z } from 'zod';

/** Kubernetes object names: RFC 1123 subdomain, at most 253 characters. */
export const NAME_PATTERN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';

/**
 * What the schema of a reference carries. `kind` is resolved when the kinds are installed: an unknown name fails the
 * start. A reference points into the namespace of its own object, except to kinds that live in the platform namespace.
 */
export interface ReferenceMeta {
  kind: string;
}

/**
 * A reference to an object of another kind, by name. It is stored as the bare name and means more than a string: same
 * organization at admission, a relation in the catalog, a link on the screen, an edge in the graph, and a reconcile of
 * the referring object when the target changes.
 *
 * @example spec: z.object({ repository: ref('Repository'), runnerPool: ref('RunnerPool').optional() })
 */
export function ref(kind: string) {
  return z
    .string()
    .max(253)
    .regex(new RegExp(NAME_PATTERN))
    .meta({ 'x-krate-ref': { kind } satisfies ReferenceMeta });
}
