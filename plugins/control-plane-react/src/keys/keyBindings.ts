import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One key of a page, or a short sequence of keys. */
export interface KeyBinding {
  /** `KeyboardEvent.key`, letters in lower case; keys pressed one after another are separated by spaces: `g h`. */
  key: string;
  /** What it does, for the help that `?` opens. */
  description: string;
  /** Works on every page; the help lists it apart. */
  everywhere?: boolean;
  run(event: KeyboardEvent): void;
  /** Leaves the key alone when false, for example because a focused link takes it. */
  when?(event: KeyboardEvent): boolean;
}

interface Layer {
  current: readonly KeyBinding[];
}

/** How long the first key of a sequence waits for the next one. */
const SEQUENCE_MS = 1200;

let layers: readonly Layer[] = [];
const listeners = new Set<() => void>();
/** What was pressed of a sequence so far. */
let pressed = '';
let forgetting: ReturnType<typeof setTimeout> | undefined;

function setLayers(next: readonly Layer[]) {
  layers = next;
  listeners.forEach(listener => listener());
}

function remember(keys: string) {
  clearTimeout(forgetting);
  pressed = keys;
  if (keys) forgetting = setTimeout(() => remember(''), SEQUENCE_MS);
}

/** Whether the key belongs to what has the focus (a field, a menu, a dialog), not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]')) return true;
  return Boolean(target.closest('input, textarea, select, [contenteditable="true"]'));
}

/** The page mounted last is the innermost; its meaning of a key wins. */
function bindingsInside(): KeyBinding[] {
  return [...layers].reverse().flatMap(layer => layer.current);
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;
  if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
  const bindings = bindingsInside();
  const keys = pressed ? `${pressed} ${event.key}` : event.key;
  const found = bindings.find(({ key, when }) => key === keys && (when?.(event) ?? true));
  if (found) {
    event.preventDefault();
    remember('');
    found.run(event);
    return;
  }
  const begins = bindings.some(({ key }) => key.startsWith(`${keys} `));
  // A key that goes on with nothing may still mean something by itself.
  const again = !begins && pressed !== '';
  remember(begins ? keys : '');
  if (again) onKeyDown(event);
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
