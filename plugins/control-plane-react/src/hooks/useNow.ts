import { useEffect, useState } from 'react';

/** The present time, renewed every `intervalMs`; it stands still without one. */
export function useNow(intervalMs: number | undefined): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!intervalMs) return undefined;
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
