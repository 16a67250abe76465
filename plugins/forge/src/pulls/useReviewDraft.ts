import { Review } from '@krate/plugin-forge-common';
import { useCallback, useMemo, useState } from 'react';
import { LineComment } from '../diff/lineComments';

type Decision = Review['spec']['decision'];

/** A review that is not sent yet; it survives going from tab to tab of the pull request. */
export interface ReviewDraft {
  decision: Decision;
  body: string;
  comments: readonly LineComment[];
  setDecision(decision: Decision): void;
  setBody(body: string): void;
  addComment(comment: LineComment): void;
  removeComment(comment: LineComment): void;
  clear(): void;
}

export function useReviewDraft(): ReviewDraft {
  const [decision, setDecision] = useState<Decision>('commented');
  const [body, setBody] = useState('');
  const [comments, setComments] = useState<readonly LineComment[]>([]);
  const addComment = useCallback((comment: LineComment) => setComments(all => [...all, comment]), []);
  const removeComment = useCallback(
    (comment: LineComment) => setComments(all => all.filter(other => other !== comment)),
    [],
  );
  const clear = useCallback(() => {
    setDecision('commented');
    setBody('');
    setComments([]);
  }, []);
  return useMemo(
    () => ({ decision, body, comments, setDecision, setBody, addComment, removeComment, clear }),
    [decision, body, comments, addComment, removeComment, clear],
  );
}
