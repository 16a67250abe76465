import { Facts, RelativeTime, Section } from '@krate/plugin-control-plane-react';
import { PullRequest, Review } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { RefObject } from 'react';
import { shortSha } from '../api/links';
import { Checks } from './Checks';
import { Conversation } from './Conversation';
import { MergeBox } from './MergeBox';
import { ReviewForm } from './ReviewForm';
import { ReviewDraft } from './useReviewDraft';

export interface PullRequestConversationProps {
  pull: PullRequest;
  reviews: readonly Review[];
  draft: ReviewDraft;
  field: RefObject<HTMLTextAreaElement>;
  organization: string;
  namespace: string;
}

/** The conversation on one side, the decision on the other. */
export function PullRequestConversation({
  pull,
  reviews,
  draft,
  field,
  organization,
  namespace,
}: PullRequestConversationProps) {
  const open = pull.status?.phase !== 'Merged' && pull.status?.phase !== 'Closed';
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 360px' },
        alignItems: 'start',
      }}
    >
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Conversation pull={pull} reviews={reviews} />
        {open && <ReviewForm pull={pull} namespace={namespace} draft={draft} field={field} />}
      </Box>
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <MergeBox pull={pull} namespace={namespace} organization={organization} />
        <Checks pull={pull} organization={organization} />
        <Section title="Facts">
          <Facts
            facts={[
              ['Head', <code key="head">{shortSha(pull.status?.headSha)}</code>],
              ['Base', <code key="base">{shortSha(pull.status?.baseSha)}</code>],
              ['Reviewers', pull.spec.reviewers?.join(', ')],
              ['Approvals', pull.status?.approvals?.toString()],
              ['Conflicts in', pull.status?.conflictingFiles?.join(', ')],
              ['Opened', <RelativeTime key="opened" time={pull.metadata.creationTimestamp} />],
            ]}
          />
        </Section>
      </Box>
    </Box>
  );
}
