import { isUnattended } from '@krate/resource-model';
import { ResourceCall } from './ApiCall';
import { addWarnings } from './respond';

/**
 * Tells whoever writes or looks at an object that nothing will come of it: no reconciler is installed for its kind. A warning
 * is how kubectl learns that, also for `kubectl describe`. Tables stay without, since their readers are many and know.
 */
export function warnWhenUnattended({ context, res, path }: ResourceCall): void {
  const { kind, subresource } = path;
  if (subresource || !isUnattended(kind, context.controllersOf(kind))) return;
  addWarnings(res, [
    `no controller is installed for ${kind.kind}: the object is kept, and nothing acts on it`,
  ]);
}
