import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { filterOf, IssueFilter, withFilter } from './issueFilters';

/** The filter of the list, in the address, so that it can be sent to a colleague. */
export function useIssueFilter(): [IssueFilter, (filter: IssueFilter) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo(() => filterOf(parameters), [parameters]);
  const set = useCallback(
    (next: IssueFilter) => setParameters(previous => withFilter(previous, next), { replace: true }),
    [setParameters],
  );
  return [filter, set];
}
