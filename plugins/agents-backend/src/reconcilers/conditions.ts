/** Builders of condition updates, so that a reconciler reads as a list of findings. */

export function met<const T extends string, const R extends string>(type: T, reason: R, message: string) {
  return { type, status: 'True' as const, reason, message };
}

export function unmet<const T extends string, const R extends string>(type: T, reason: R, message: string) {
  return { type, status: 'False' as const, reason, message };
}

export function undecided<const T extends string, const R extends string>(
  type: T,
  reason: R,
  message: string,
) {
  return { type, status: 'Unknown' as const, reason, message };
}

/** The condition of a type, as an object has it. */
export function conditionOf<C extends { type: string }>(
  object: { status?: { conditions?: readonly C[] } } | undefined,
  type: string,
): C | undefined {
  return object?.status?.conditions?.find(condition => condition.type === type);
}

export function isTrue(
  object: { status?: { conditions?: readonly { type: string; status: string }[] } } | undefined,
  type: string,
): boolean {
  return conditionOf(object, type)?.status === 'True';
}
