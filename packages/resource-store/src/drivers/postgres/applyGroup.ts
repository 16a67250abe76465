import { ObjectKey } from '../../ResourceStore';
import { Call, GroupPlan, labelsOf, revisionOf, Touched } from './GroupPlan';
import { Session } from './Session';
import { APPLY_GROUP } from './writeSql';

/**
 * Writes a plan inside the transaction that holds the revision counter. False when the committed state is no longer the one
 * that the plan was made from; then nothing of it may be committed.
 */
export async function applyGroup(
  session: Session,
  plan: GroupPlan,
  options: { base: number; at: number; channel: string },
): Promise<boolean> {
  const { base, at, channel } = options;
  const touched = plan.touched();
  // Made and gone within the group: no statement can tell that it was absent all the while.
  const lasting = touched.filter(({ found, last }) => found || last.type !== 'DELETED');
  const counted = plan.counted();
  const [written] = await session.run<{ objects: number; counters: number }>(APPLY_GROUP, [
    JSON.stringify(plan.changes.map(change => eventRow(change, base))),
    JSON.stringify(
      lasting.map(({ found, last }) => ({ revision: base + last.offset, found: found?.revision ?? null })),
    ),
    JSON.stringify(lasting.flatMap(labelsToRemove)),
    JSON.stringify(lasting.flatMap(labelsToSet)),
    JSON.stringify(counted.map(({ name, found, value }) => ({ name, found: found ?? null, value }))),
    at,
    channel,
    JSON.stringify(plan.notes(base)),
  ]);
  return written.objects === lasting.length && written.counters === counted.length;
}

/** Whether a plan can only be trusted when nobody else may write meanwhile. */
export function needsLock(plan: GroupPlan, calls: readonly Call[]): boolean {
  // What a call only looked at is not part of the statement that writes.
  if (calls.some(({ expects }) => expects.length > 0)) return true;
  return plan.touched().some(({ found, last }) => !found && last.type === 'DELETED');
}

function eventRow({ type, key, after, before, offset }: GroupPlan['changes'][number], base: number) {
  return {
    ...keyRow(key),
    revision: base + offset,
    type,
    uid: after.uid,
    previous_revision: before ? revisionOf(before, base) : null,
    json: after.json,
    previous_json: before?.json ?? null,
  };
}

function labelsToRemove({ key, found, last }: Touched): object[] {
  if (!found) return [];
  const after = last.type === 'DELETED' ? {} : labelsOf(last.after);
  return Object.keys(labelsOf(found))
    .filter(name => !Object.hasOwn(after, name))
    .map(name => ({ ...keyRow(key), key: name }));
}

function labelsToSet({ key, found, last }: Touched): object[] {
  if (last.type === 'DELETED') return [];
  const before = found ? labelsOf(found) : {};
  return Object.entries(labelsOf(last.after))
    .filter(([name, value]) => !Object.hasOwn(before, name) || before[name] !== value)
    .map(([name, value]) => ({ ...keyRow(key), key: name, value }));
}

/** A key as the tables name its parts. */
export function keyRow({ group, resource, namespace, name }: ObjectKey) {
  return { grp: group, resource, namespace, name };
}
