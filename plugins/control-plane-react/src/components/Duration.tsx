import { humanDuration } from '@krate/resource-model';
import { useNow } from '../hooks/useNow';

/** How long something took, or takes: it ticks until `to` is known. Times are RFC 3339. */
export function Duration({ from, to }: { from: string | undefined; to?: string }) {
  const now = useNow(from && !to ? 1000 : undefined);
  if (!from) return null;
  const milliseconds = (to ? Date.parse(to) : now.getTime()) - Date.parse(from);
  const exact = `${new Date(from).toLocaleString()} – ${to ? new Date(to).toLocaleString() : 'now'}`;
  return (
    <span title={exact} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {humanDuration(Math.max(0, milliseconds))}
    </span>
  );
}
