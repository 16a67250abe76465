import { RefObject, useEffect } from 'react';

/** The browser asks in its own words before the tab is closed, reloaded or led elsewhere. */
export function useGuardedTab(asking: RefObject<boolean>): void {
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (asking.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', onUnload);
    return () => window.removeEventListener('beforeunload', onUnload);
  }, [asking]);
}
