import { Event } from '@krate/plugin-control-plane-common';
import { Review } from '@krate/plugin-forge-common';

/** One thing in a conversation: what someone said, or what happened. */
export type TimelineEntry = { at: string; key: string } & ({ review: Review } | { event: Event });

/** Reviews and events of a pull request in the order they happened. */
export function timelineOf(reviews: readonly Review[], events: readonly Event[]): TimelineEntry[] {
  return [
    ...reviews.map(review => ({ at: review.metadata.creationTimestamp, key: review.metadata.uid, review })),
    ...events.map(event => ({
      at: event.lastTimestamp ?? event.metadata.creationTimestamp,
      key: event.metadata.uid,
      event,
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
}
