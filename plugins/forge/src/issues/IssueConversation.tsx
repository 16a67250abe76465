import { Link, Markdown, RelativeTime } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { pullRequestPath, repositoryPath, shortSha } from '../api/links';
import { Entry } from '../conversation/Entry';
import { linkReferences } from './linkReferences';

/** What the issue says, what was said to it, and how it ended. */
export function IssueConversation({ issue, organization }: { issue: Issue; organization: string }) {
  const { spec, metadata } = issue;
  const words = (text: string) => (
    <Markdown sameTab text={linkReferences(text, organization, spec.repository)} />
  );
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Entry who={spec.author ?? 'Someone'} did="opened this" at={metadata.creationTimestamp}>
        {spec.body ? (
          words(spec.body)
        ) : (
          <Typography variant="body2" color="text.secondary">
            No description.
          </Typography>
        )}
      </Entry>
      {spec.comments.map(({ id, author, at, editedAt, body }) => (
        <Entry key={id} who={author} did={editedAt ? 'said (edited)' : 'said'} at={at}>
          {words(body)}
        </Entry>
      ))}
      {spec.closed && <Closed issue={issue} organization={organization} />}
    </Box>
  );
}

function Closed({ issue, organization }: { issue: Issue; organization: string }) {
  const { closed, repository, stateReason } = issue.spec;
  if (!closed) return null;
  const { by = 'Someone', at, commit, pullRequest } = closed;
  return (
    <Typography variant="body2" color="text.secondary" sx={{ px: 2, '& a': { textDecoration: 'underline' } }}>
      {by} closed this{stateReason && stateReason !== 'completed' ? ` as ${stateReason}` : ''}
      {pullRequest && (
        <>
          {' '}
          with <Link to={pullRequestPath(organization, pullRequest)}>{pullRequest}</Link>
        </>
      )}
      {commit && repository && (
        <>
          {' '}
          with commit{' '}
          <Link to={repositoryPath(organization, repository, 'code', { commit })}>{shortSha(commit)}</Link>
        </>
      )}{' '}
      · <RelativeTime time={at} />
    </Typography>
  );
}
