import { useEffect, useRef, useState } from 'react';

/** What is loaded once for a key. What was loaded before stays beside an error. */
export function useLoaded<T>(
  load: () => Promise<T>,
  key: string,
): { data?: T; error?: Error; reload(): void } {
  const loader = useRef(load);
  loader.current = load;
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ key: string; data?: T; error?: Error }>({ key });
  useEffect(() => {
    let current = true;
    loader.current().then(
      data => current && setState({ key, data }),
      error => current && setState(previous => ({ ...previous, key, error })),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const known = state.key === key ? state : {};
  return { ...known, reload: () => setRound(n => n + 1) };
}
