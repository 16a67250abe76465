import { PaletteEntry } from './fuzzy';

const KEY = 'krate.palette.recent';
const MOST = 6;

type Recent = Pick<PaletteEntry, 'id' | 'label' | 'hint' | 'to'>;

/** What was chosen last in this browser, latest first; what is stored badly is nothing. */
export function recentEntries(): Recent[] {
  try {
    const stored = JSON.parse(window.localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isRecent) : [];
  } catch {
    return [];
  }
}

export function rememberEntry({ id, label, hint, to }: PaletteEntry): void {
  const others = recentEntries().filter(recent => recent.id !== id);
  window.localStorage.setItem(KEY, JSON.stringify([{ id, label, hint, to }, ...others].slice(0, MOST)));
}

function isRecent(value: any): value is Recent {
  return ['id', 'label', 'hint', 'to'].every(key => typeof value?.[key] === 'string') && value.to[0] === '/';
}
