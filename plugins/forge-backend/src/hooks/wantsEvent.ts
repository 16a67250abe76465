import { WebhookSubscription } from '@krate/plugin-forge-common';

/** Whether a listener is to be told of an event, in whichever repositories it happened. */
export function wantsEvent(
  { spec }: Pick<WebhookSubscription, 'spec'>,
  type: string,
  repositories: readonly string[],
): boolean {
  if (!spec.events.some(pattern => matchesPattern(pattern, type))) return false;
  return spec.repositories.length === 0 || repositories.some(name => spec.repositories.includes(name));
}

/** `*` stands for everything, `run.*` for everything about runs. */
function matchesPattern(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  return pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}

/** Whether messages to a listener may be made and sent at all. */
export function isListening({ metadata, spec, status }: WebhookSubscription): boolean {
  return spec.active && status?.disabled?.generation !== metadata.generation;
}
