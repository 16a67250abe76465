import { Event } from '@krate/plugin-control-plane-common';
import {
  MONOSPACE,
  RelativeTime,
  StatusChip,
  useResourceList,
  Markdown,
} from '@krate/plugin-control-plane-react';
import { PullRequest, Review } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { Entry } from '../conversation/Entry';
import { timelineOf } from './timelineOf';

const VERDICTS: Record<Review['spec']['decision'], string> = {
  approved: 'Approved',
  changes_requested: 'ChangesRequested',
  commented: 'Commented',
};

/** What the pull request says of itself, then what was said and what happened. */
export function Conversation({ pull, reviews }: { pull: PullRequest; reviews: readonly Review[] }) {
  const { items: events } = useResourceList(Event, {
    namespace: pull.metadata.namespace,
    fieldSelector: `involvedObject.uid=${pull.metadata.uid}`,
  });
  const timeline = useMemo(() => timelineOf(reviews, events), [reviews, events]);
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Entry who={pull.spec.author ?? 'Someone'} did="proposed this" at={pull.metadata.creationTimestamp}>
        {pull.spec.description ? (
          <Markdown text={pull.spec.description} />
        ) : (
          <Typography variant="body2" color="text.secondary">
            No description.
          </Typography>
        )}
      </Entry>
      {timeline.map(entry =>
        'review' in entry ? (
          <ReviewEntry key={entry.key} review={entry.review} />
        ) : (
          <Typography key={entry.key} variant="body2" color="text.secondary" sx={{ px: 2 }}>
            {entry.event.message ?? entry.event.reason} · <RelativeTime time={entry.at} />
          </Typography>
        ),
      )}
    </Box>
  );
}

function ReviewEntry({ review }: { review: Review }) {
  const { spec, status, metadata } = review;
  return (
    <Entry
      who={spec.reviewer ?? 'Someone'}
      did="reviewed"
      at={metadata.creationTimestamp}
      chip={
        <>
          <StatusChip status={VERDICTS[spec.decision]} />
          {status?.stale && <StatusChip status="Stale" title="The branch moved on since this review" />}
        </>
      }
    >
      {spec.body && <Markdown text={spec.body} />}
      {(spec.comments ?? []).map((comment, index) => (
        <Box key={index} sx={{ mt: 1, pl: 1.5, borderLeft: 2, borderColor: 'divider' }}>
          <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 12, color: 'text.secondary' }}>
            {comment.path}:{comment.line}
          </Box>
          <Markdown text={comment.body} />
        </Box>
      ))}
    </Entry>
  );
}
