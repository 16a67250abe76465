import { Kind, KindRegistry } from '@krate/resource-model';
import { referencePathsOf } from '@krate/resource-model';

/** Puts objects whose kinds others refer to first; within a kind, and where kinds refer to each other, the order stays. */
export function inOrderOfReference<T extends { kind: Kind }>(
  objects: readonly T[],
  kinds: KindRegistry,
): T[] {
  const order = new Map<string, number>();
  const visit = (kind: Kind, path: readonly string[]) => {
    if (order.has(kind.kind) || path.includes(kind.kind)) return;
    for (const { kind: target } of referencePathsOf(kind)) {
      const found = kinds.kind(target);
      if (found) visit(found, [...path, kind.kind]);
    }
    order.set(kind.kind, order.size);
  };
  objects.forEach(({ kind }) => visit(kind, []));
  const place = ({ kind }: T) => order.get(kind.kind) ?? 0;
  return [...objects].sort((a, b) => place(a) - place(b));
}
