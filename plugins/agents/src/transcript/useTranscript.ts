import { useMemo, useRef } from 'react';
import { AgentDispatchAttempt } from '@krate/plugin-agents-common';
import { useStream } from '@krate/plugin-control-plane-react';
import { TranscriptModel, TranscriptView } from './TranscriptModel';

/** The transcript of an attempt, live. */
export function useTranscript(
  namespace: string,
  attempt: string | undefined,
): TranscriptView & { sealed: boolean; loading: boolean; error?: Error } {
  const { lines, sealed, loading, error } = useStream(
    attempt
      ? { resource: AgentDispatchAttempt.plural, namespace, name: attempt, stream: 'transcript' }
      : undefined,
  );
  const model = useRef({ attempt, model: new TranscriptModel() });
  if (model.current.attempt !== attempt) model.current = { attempt, model: new TranscriptModel() };
  const view = useMemo(() => model.current.model.update(lines), [lines]);
  return { ...view, sealed, loading: Boolean(attempt) && loading, error };
}
