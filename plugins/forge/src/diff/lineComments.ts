import { Review } from '@krate/plugin-forge-common';

export type DiffSide = 'old' | 'new';

/** A remark on a line; the shape of a review's comments. */
export interface LineComment {
  path: string;
  line: number;
  side: DiffSide;
  body: string;
}

/** A remark that was sent, with who said it about which commit. */
export interface SentComment extends LineComment {
  reviewer: string;
  stale: boolean;
  at: string;
}

/** Every remark of all reviews, in the order they were made. */
export function commentsOf(reviews: readonly Review[]): SentComment[] {
  return [...reviews]
    .sort((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp))
    .flatMap(review =>
      (review.spec.comments ?? []).map(comment => ({
        ...comment,
        reviewer: review.spec.reviewer ?? 'someone',
        stale: review.status?.stale ?? false,
        at: review.metadata.creationTimestamp,
      })),
    );
}
