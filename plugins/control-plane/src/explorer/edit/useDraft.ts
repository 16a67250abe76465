import { useEffect, useRef, useState } from 'react';
import { Draft, dropDraft, keepDraft, readDraft, sweepDrafts } from './drafts';

/** The draft of an earlier visit, and what becomes of it. */
export interface OfferedDraft {
  /** Kept by an earlier visit and not answered yet. */
  offered?: Draft;
  /** Takes the offer away; the draft goes with it unless it was taken up. */
  answer(): void;
  /** Forgets the draft: it was saved. */
  drop(): void;
}

/**
 * Keeps what is being edited in this browser, from the first change to the save, and offers what an earlier visit left. Who begins
 * anew in spite of an offer may still take it up until the page is left.
 *
 * @param key - where it is kept; undefined: it is not
 */
export function useDraft(
  key: string | undefined,
  { text, base, dirty }: Pick<Draft, 'text' | 'base'> & { dirty: boolean },
): OfferedDraft {
  const [offered, setOffered] = useState(() => (key ? readDraft(key) : undefined));
  const kept = useRef(false);
  const over = useRef(false);
  useEffect(sweepDrafts, []);
  useEffect(() => {
    if (!key || over.current) return;
    if (dirty) keepDraft(key, { text, base, at: Date.now() });
    else if (kept.current) dropDraft(key);
    kept.current = dirty;
  }, [key, text, base, dirty]);
  return {
    offered,
    answer: () => {
      setOffered(undefined);
      if (key && !kept.current) dropDraft(key);
    },
    drop: () => {
      over.current = true;
      if (key) dropDraft(key);
    },
  };
}
