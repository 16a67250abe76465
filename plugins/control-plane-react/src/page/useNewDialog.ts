import { useSearchParams } from 'react-router-dom';

/** Whether the dialog that makes something is open. It has an address, `?new`, so that the palette and the first steps lead to it. */
export function useNewDialog(): [open: boolean, show: (open: boolean) => void] {
  const [query, setQuery] = useSearchParams();
  const show = (open: boolean) =>
    setQuery(
      previous => {
        const next = new URLSearchParams(previous);
        if (open) next.set('new', '');
        else next.delete('new');
        return next;
      },
      { replace: true },
    );
  return [query.has('new'), show];
}
