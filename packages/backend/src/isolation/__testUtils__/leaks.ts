import { Answer, Sent } from './send';
import { CallerName, Place, Stage } from './Stage';

/** Words of the home organization that an answer tells somebody who did not say them. */
export function leaks({ home }: Stage, caller: CallerName, sent: Sent, { told }: Answer): string[] {
  // Whoever was a member has its name in their own session, and in their own entity of the catalog.
  const known = caller === 'suspended' ? home.org : '';
  const said = `${decodeURIComponent(sent.path)} ${sent.body ?? ''} ${known}`;
  return [...wordsOf(home), ...secretsOf(home)].filter(word => told.includes(word) && !said.includes(word));
}

/** What no answer tells anybody, members included. */
export function secretsOf({ value }: Place): string[] {
  return [value, Buffer.from(value).toString('base64')];
}

function wordsOf({ org, label, note, objects }: Place): string[] {
  return [org, label, note, ...[...objects.values()].map(({ metadata }) => metadata.uid)];
}

/** The same request about an organization that does not exist, and the answer as it would be about the real one. */
export function twinOf({ home }: Stage, sent: Sent): { sent: Sent; real(told: string): string } {
  const nowhere = home.org.replace(/[0-9a-f]{8}$/, 'deadbeef');
  const swap = (text: string) => text.replaceAll(home.org, nowhere);
  return {
    sent: { ...sent, path: swap(sent.path), body: sent.body && swap(sent.body) },
    real: told => told.replaceAll(nowhere, home.org),
  };
}

/** Without what differs between any two answers. */
export function timeless(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'U');
}
