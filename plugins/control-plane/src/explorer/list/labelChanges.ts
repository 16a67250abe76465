import { parseLabelSelector } from '@krate/plugin-control-plane-react';

/** Reads `tier=web, team-` as `kubectl label` does: what is set, and what is taken away (`null`). */
export function parseLabelChanges(text: string): {
  labels?: Record<string, string | null>;
  problem?: string;
} {
  const terms = text.split(/[\s,]+/).filter(Boolean);
  if (terms.length === 0) return {};
  const labels: Record<string, string | null> = {};
  for (const term of terms) {
    const removed = /^([^=]+)-$/.exec(term);
    try {
      const [rule] = parseLabelSelector(removed ? removed[1] : term);
      if (!removed && (rule.operator !== 'In' || !term.includes('=')))
        return { problem: `“${term}” is neither key=value nor key-` };
      labels[rule.key] = removed ? null : rule.values[0];
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }
  return { labels };
}
