import { Observer, Read, Reconciler } from '../defineReconciler';

const RESERVED_READS = ['now', 'effects'];

/** Refuses sets of reconcilers that could not work together; throws an error that names both sides. */
export function checkDeclarations(reconcilers: readonly Reconciler[], observers: readonly Observer[]): void {
  const names = new Set<string>();
  const owners = new Map<string, string>();
  const observed = new Set(observers.map(({ name }) => name));
  for (const reconciler of reconcilers) {
    const { name, reads } = reconciler;
    if (names.has(name))
      throw new Error(`Two reconcilers are named ${name}; the name is the field manager and the finalizer`);
    names.add(name);
    for (const type of conditionsOf(reconciler)) {
      const id = `${reconciler.for.resource} ${type}`;
      const other = owners.get(id);
      if (other)
        throw new Error(
          `Reconcilers ${other} and ${name} both own the condition ${type} of ${reconciler.for.kind}; declare \`owns\``,
        );
      owners.set(id, name);
    }
    for (const [read, declared] of Object.entries(reads as Record<string, Read>)) {
      if (RESERVED_READS.includes(read))
        throw new Error(`Reconciler ${name} may not name a read "${read}": ctx.${read} is the runtime's`);
      if (declared.type === 'observed' && !observed.has(declared.observer)) {
        throw new Error(
          `Reconciler ${name} reads the observer ${declared.observer}, which is not registered`,
        );
      }
    }
  }
}

/** The condition types a reconciler may set. */
export function conditionsOf(reconciler: Reconciler): readonly string[] {
  return reconciler.owns ?? Object.keys(reconciler.for.conditions ?? {});
}
