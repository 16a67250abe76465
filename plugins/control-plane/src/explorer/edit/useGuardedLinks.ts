import { RefObject, useContext, useEffect, useRef } from 'react';
import { UNSAFE_NavigationContext as NavigationContext } from 'react-router-dom';

/** Holds up whatever adds a page to the history: links, the palette, keys. `ask` is given the way on. */
export function useGuardedLinks(asking: RefObject<boolean>, ask: (go: () => void) => void): void {
  const { navigator } = useContext(NavigationContext);
  const asker = useRef(ask);
  asker.current = ask;
  useEffect(() => {
    const { push } = navigator;
    navigator.push = (...to) => {
      const go = () => push.apply(navigator, to);
      if (asking.current) asker.current(go);
      else go();
    };
    return () => {
      navigator.push = push;
    };
  }, [navigator, asking]);
}
