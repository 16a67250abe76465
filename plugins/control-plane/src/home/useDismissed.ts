import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useMemo, useState } from 'react';

/**
 * Whether a person has put something away, kept with their settings and so in every browser of theirs. Undefined until it is
 * known; when it cannot be known, it is shown.
 */
export function useDismissed(key: string): { dismissed?: boolean; dismiss(): void; restore(): void } {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => storage.forBucket('krate-dismissed'), [storage]);
  const [dismissed, setDismissed] = useState<boolean>();
  useEffect(() => {
    const show = ({ presence, value }: { presence: string; value?: unknown }) => {
      if (presence !== 'unknown') setDismissed(value === true);
    };
    show(bucket.snapshot<boolean>(key));
    const subscription = bucket.observe$<boolean>(key).subscribe({
      next: show,
      error: () => setDismissed(false),
    });
    return () => subscription.unsubscribe();
  }, [bucket, key]);
  const set = (value: boolean) => {
    setDismissed(value);
    // Not kept: it is back at the next visit, and nothing else is lost.
    bucket.set(key, value).catch(() => undefined);
  };
  return { dismissed, dismiss: () => set(true), restore: () => set(false) };
}
