type Guard = (event: PopStateEvent) => void;

let current: Guard | undefined;

/**
 * Lets a page hear of Back and Forward before the router does. Chromium calls the listeners of the window in the order of their
 * registration, whatever their phase; so this is called while the portal loads, before there is a router.
 */
export function installBackGuard(): void {
  window.addEventListener('popstate', event => current?.(event), { capture: true });
}

/** Hears of Back and Forward first, until the returned function is called. */
export function guardBack(guard: Guard): () => void {
  current = guard;
  return () => {
    if (current === guard) current = undefined;
  };
}
