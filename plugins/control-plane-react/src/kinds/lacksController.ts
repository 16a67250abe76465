import { isUnattended } from '@krate/resource-model';
import { KindInfo } from './KindInfo';

/** Whether nothing acts on objects of a kind although their status promises it. */
export function lacksController(kind: KindInfo): boolean {
  return isUnattended(kind, kind.controllers) && Object.keys(kind.conditions ?? {}).length > 0;
}
