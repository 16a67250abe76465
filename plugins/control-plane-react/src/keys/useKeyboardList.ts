import { useState } from 'react';
import { useKeyBindings } from './keyBindings';

/**
 * Moves through a list with j and k and opens with Enter. The chosen row follows the list when it shrinks; nothing is
 * chosen until the first key.
 *
 * @param count - rows there are
 * @param onMove - called with the newly chosen row, to scroll to it and focus it
 * @param onToggle - called with the chosen row on x; without it the key means nothing
 * @param onOpen - called with the chosen row on Enter, unless something has the focus and takes the key itself
 */
export function useKeyboardList(
  count: number,
  {
    onMove,
    onOpen,
    onToggle,
    enabled = true,
  }: {
    onMove?(index: number): void;
    onOpen?(index: number): void;
    onToggle?(index: number): void;
    enabled?: boolean;
  },
): { active: number; setActive(index: number): void } {
  const [chosen, setActive] = useState(-1);
  const active = Math.min(chosen, count - 1);
  const move = (step: 1 | -1) => {
    if (count === 0) return;
    const next = Math.max(0, Math.min(count - 1, active + step));
    setActive(next);
    onMove?.(next);
  };
  useKeyBindings(
    enabled
      ? [
          { key: 'j', description: 'Next row', run: () => move(1) },
          { key: 'k', description: 'Previous row', run: () => move(-1) },
          {
            key: 'Enter',
            description: 'Open the row',
            when: event => event.target === document.body,
            run: () => active >= 0 && onOpen?.(active),
          },
          ...(onToggle
            ? [{ key: 'x', description: 'Select the row', run: () => active >= 0 && onToggle(active) }]
            : []),
        ]
      : [],
  );
  return { active, setActive };
}
