import { Kind, Role, ROLES } from '@krate/resource-model';

const READ_VERBS = ['get', 'list', 'watch'];
const UPDATE_VERBS = ['update', 'patch'];
const WRITE_VERBS = [...UPDATE_VERBS, 'create', 'delete', 'deletecollection'];

export const isRead = (verb: string) => READ_VERBS.includes(verb);
export const isUpdate = (verb: string) => UPDATE_VERBS.includes(verb);
export const isWrite = (verb: string) => WRITE_VERBS.includes(verb);

/** Whether a role includes another. */
export function includes(held: Role | undefined, needed: Role): boolean {
  return held !== undefined && ROLES.indexOf(held) >= ROLES.indexOf(needed);
}

/** The least role a verb on a kind needs; `system` when no person may; undefined when the kind knows no such verb. */
export function neededRole(kind: Kind, verb: string): Role | 'system' | undefined {
  if (isRead(verb)) return kind.readableBy ?? 'viewer';
  if (isWrite(verb)) return kind.writableBy;
  return kind.actions?.[verb]?.role;
}

/** The fields that the actions open to a role may change, for someone who may not write the rest. */
export function actionFields(kind: Kind, held: Role): string[] {
  return Object.values(kind.actions ?? {})
    .filter(action => includes(held, action.role))
    .flatMap(({ field, by, at, with: more = [] }) => [field, by, at, ...more]);
}
