import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One key of a page. `key` is `KeyboardEvent.key`; letters are given in lower case. */
export interface KeyBinding {
  key: string;
  /** What it does, for the help that `?` opens. */
  description: string;
  run(event: KeyboardEvent): void;
  /** Leaves the key alone when false, for example because a focused link takes it. */
  when?(event: KeyboardEvent): boolean;
}

interface Layer {
  current: readonly KeyBinding[];
}

let layers: readonly Layer[] = [];
const listeners = new Set<() => void>();

function setLayers(next: readonly Layer[]) {
  layers = next;
  listeners.forEach(listener => listener());
}

/** Whether the key belongs to what has the focus (a field, a menu, a dialog), not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]')) return true;
  return Boolean(target.closest('input, textarea, select, [contenteditable="true"]'));
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;
  // The page mounted last is the innermost; its meaning of a key wins.
  for (const layer of [...layers].reverse()) {
    const binding = layer.current.find(({ key, when }) => key === event.key && (when?.(event) ?? true));
    if (binding) {
      event.preventDefault();
      binding.run(event);
      return;
    }
  }
}

/** Gives keys of the page a meaning while the component is mounted; typing in a field never triggers them. */
export function useKeyBindings(bindings: readonly KeyBinding[]): void {
  const layer = useRef(bindings);
  layer.current = bindings;
  useEffect(() => {
    if (layers.length === 0) window.addEventListener('keydown', onKeyDown);
    setLayers([...layers, layer]);
    return () => {
      setLayers(layers.filter(other => other !== layer));
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** Every key that means something now, each once. */
export function useActiveBindings(): KeyBinding[] {
  const current = useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => layers,
  );
  const byKey = new Map(
    current.flatMap(layer => layer.current.map(binding => [binding.key, binding] as const)),
  );
  return [...byKey.values()];
}
