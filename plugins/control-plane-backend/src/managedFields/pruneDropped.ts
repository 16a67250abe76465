import { StructuralSchema } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { fieldSetOf, withAllParents, withNamedParents } from './fieldSetOf';
import { removeFields } from './removeFields';

/**
 * Removes from a merged object what its applier applied before and no longer does.
 *
 * A field stays when any manager owns it or something in it; a list item that stays keeps its key fields. What nobody
 * ever owned (a default, say) goes only together with a container the applier owned.
 *
 * @param before - what the applier owned until now
 * @param owned - what all managers own from now on, the applier included
 */
export function pruneDropped(
  schema: StructuralSchema,
  merged: unknown,
  before: FieldSet,
  owned: FieldSet,
): unknown {
  if (before.difference(owned).isEmpty()) return merged;
  const present = withNamedParents(schema, fieldSetOf(schema, merged));
  const candidates = withNamedParents(schema, before);

  const bare = removeFields(schema, merged, candidates);
  const kept = withNamedParents(schema, fieldSetOf(schema, bare)).union(withAllParents(owned));
  const restored = removeFields(schema, merged, present.difference(kept));

  const remaining = withNamedParents(schema, fieldSetOf(schema, restored));
  return removeFields(schema, merged, present.difference(remaining).intersection(candidates));
}
