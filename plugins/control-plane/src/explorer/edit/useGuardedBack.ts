import { RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import { guardBack } from '../../shell/backGuard';

/**
 * Holds up Back and Forward. The browser has gone by the time it tells: it is sent back before the router hears of it. The router
 * numbers its entries (`history.state.idx`), which says how far; to an entry without a number nothing can be held up.
 */
export function useGuardedBack(asking: RefObject<boolean>, ask: (go: () => void) => void): void {
  const location = useLocation();
  const here = useRef<number>();
  const asker = useRef(ask);
  asker.current = ask;
  useEffect(() => {
    here.current = window.history.state?.idx;
  }, [location]);
  useEffect(() => {
    let returning = false;
    return guardBack(event => {
      // Zero would be a reload.
      const steps = event.state?.idx - here.current!;
      if (!returning && (!asking.current || !steps)) return;
      event.stopImmediatePropagation();
      if (!returning) {
        window.history.go(-steps);
        asker.current(() => window.history.go(steps));
      }
      returning = !returning;
    });
  }, [asking]);
}
