import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ListState, readListState, writeListState } from './ListState';

/** The state of a list in the address; `change` merges into it, `replace` begins anew. */
export function useListState(): {
  state: ListState;
  change(part: Partial<ListState>): void;
  replace(state: ListState): void;
} {
  const [parameters, setParameters] = useSearchParams();
  const state = useMemo(() => readListState(parameters), [parameters]);
  const change = useCallback(
    (part: Partial<ListState>) =>
      setParameters(previous => writeListState({ ...readListState(previous), ...part }), { replace: true }),
    [setParameters],
  );
  const replace = useCallback(
    (next: ListState) => setParameters(writeListState(next), { replace: true }),
    [setParameters],
  );
  return { state, change, replace };
}
