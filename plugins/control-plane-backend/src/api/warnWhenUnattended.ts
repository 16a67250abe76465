import { isUnattended } from '@krate/resource-model';
import { ResourceCall } from './ApiCall';
import { addWarnings } from './respond';

/**
 * Tells whoever writes or looks at an object that nobody will report on it: its kind has conditions, and no reconciler is
 * installed. A warning is how kubectl learns that, also for `kubectl describe`. Tables stay without: they are read too often.
 */
export function warnWhenUnattended({ context, res, path }: ResourceCall): void {
  const { kind, subresource } = path;
  const promisesConditions = Object.keys(kind.conditions ?? {}).length > 0;
  if (subresource || !promisesConditions || !isUnattended(kind, context.controllersOf(kind))) return;
  addWarnings(res, [
    `no controller is installed for ${kind.kind}: the object is kept as it is, and gets no status`,
  ]);
}
