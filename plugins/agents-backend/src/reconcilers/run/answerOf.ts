import type { AgentApproval } from '@krate/plugin-agents-common';

/** What is known of a question: nobody answered yet, or how it was answered. */
export type Answer = 'waiting' | 'approved' | 'denied' | 'expired';

/** The answer of an approval at a moment. A decision counts even when it came in the second of the expiry. */
export function answerOf(approval: AgentApproval, now: Date): Answer {
  const { decision, expiresAt } = approval.spec;
  if (decision) return decision === 'approve' ? 'approved' : 'denied';
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'waiting';
}

/** Whether a question was asked before the object that it now claims to be about was made. */
export function isOlder(
  approval: AgentApproval,
  about: { metadata: { creationTimestamp: string } },
): boolean {
  return Date.parse(approval.metadata.creationTimestamp) < Date.parse(about.metadata.creationTimestamp);
}

/** Seconds until a question expires; at least one. */
export function secondsLeft(approval: AgentApproval, now: Date): number {
  return Math.max(1, Math.ceil((Date.parse(approval.spec.expiresAt) - now.getTime()) / 1000));
}

export function inMinutes(minutes: number, from: Date): string {
  return new Date(from.getTime() + minutes * 60_000).toISOString();
}
