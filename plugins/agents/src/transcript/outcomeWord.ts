/** Options of the agents’ protocol and decisions of approvals, as one vocabulary. */
export function outcomeWord(outcome: string | undefined): string {
  if (!outcome) return 'Pending';
  if (/^(approve|allow|select)/i.test(outcome)) return 'Approved';
  if (/^(deny|denied|reject)/i.test(outcome)) return 'Denied';
  if (/^expired/i.test(outcome)) return 'Expired';
  return /^(cancel|abandon|withdr)/i.test(outcome) ? 'Withdrawn' : outcome;
}
