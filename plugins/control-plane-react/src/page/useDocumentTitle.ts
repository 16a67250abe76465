import { useEffect } from 'react';

/** Names the document after the page, so that tabs and history can be told apart. */
export function useDocumentTitle(parts: readonly (string | undefined)[]): void {
  const title = [...parts, 'Krate'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
