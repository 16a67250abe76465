import { StructuralSchema } from '../StructuralSchema';

/** Says in a reference's description what it points to, for readers that do not know `x-krate-ref`. */
export function tellReference(node: StructuralSchema): StructuralSchema {
  const reference = node['x-krate-ref'];
  if (!reference) return node;
  const target = `The name of ${withArticle(reference.kind)}.`;
  return { ...node, description: node.description ? `${node.description} ${target}` : target };
}

/** A kind's name in a sentence: `an Organization`, `a User`. */
export function withArticle(kind: string): string {
  return /^[AEIO]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}
