import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import { useMemo, useState } from 'react';

/**
 * Moves issues between columns: shown at once, written with the version that was seen, and taken back when the server
 * refuses or somebody else was faster.
 */
export function useMoves(issues: readonly Issue[]): {
  /** The issues with the moves that are under way. */
  shown: readonly Issue[];
  error?: Error;
  /** For a screen reader: what was moved where. */
  said: string;
  move(issue: Issue, column: { id: string; displayName: string }): void;
} {
  const api = useApi(krateApiRef);
  const [moves, setMoves] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<Error>();
  const [said, setSaid] = useState('');
  const shown = useMemo(
    () =>
      issues.map(issue => {
        const workflowState = moves[issue.metadata.uid];
        return workflowState ? { ...issue, spec: { ...issue.spec, workflowState } } : issue;
      }),
    [issues, moves],
  );

  const move = async (issue: Issue, column: { id: string; displayName: string }) => {
    const { uid, name, namespace, resourceVersion } = issue.metadata;
    setError(undefined);
    setMoves(previous => ({ ...previous, [uid]: column.id }));
    try {
      const patch = { metadata: { resourceVersion }, spec: { workflowState: column.id } };
      await api.patch(Issue, namespace, name, patch);
      setSaid(`${issue.spec.title} is in ${column.displayName}`);
    } catch (refusal) {
      setError(refusal as Error);
      setSaid(`${issue.spec.title} was not moved`);
    } finally {
      setMoves(({ [uid]: _, ...others }) => others);
    }
  };
  return { shown, error, said, move: (issue, column) => void move(issue, column) };
}
