import {
  EmptyState,
  organizationPath,
  PageFrame,
  Problem,
  ResourceTab,
  RouteTabs,
  SkeletonRows,
  StatusChip,
  useKeyBindings,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { useRef } from 'react';
import { Navigate, useParams } from 'react-router-dom';
import { issuePath, pullRequestPath, repositoryPath } from '../api/links';
import { DispatchButton } from '../repository/DispatchButton';
import { CommentForm } from './CommentForm';
import { IssueConversation } from './IssueConversation';
import { IssueFacts } from './IssueFacts';
import { usePullRequestOfName } from './usePullRequestOfName';

/** An issue: what it says, what was said to it, and what it is sorted by. */
export function IssuePage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const { object: issue, loading, error } = useResource(Issue, namespace, name);
  // Both are numbered from one counter: `#12` may as well be a pull request.
  const pull = usePullRequestOfName(namespace, !loading && !issue ? name : undefined);
  if (pull) return <Navigate replace to={pullRequestPath(organization, name)} />;
  if (issue) return <LoadedPage issue={issue} organization={organization} namespace={namespace} tab={tab} />;
  return (
    <PageFrame
      title={name}
      organization={organization}
      crumbs={[{ label: 'Issues', to: organizationPath(organization, 'issues') }]}
    >
      {loading && <SkeletonRows rows={10} />}
      {error && <Problem error={error} title="The issue could not be read" />}
      {!loading && !error && <EmptyState title="There is no such issue, or you may not see it" />}
    </PageFrame>
  );
}

function LoadedPage({
  issue,
  organization,
  namespace,
  tab,
}: {
  issue: Issue;
  organization: string;
  namespace: string;
  tab: string;
}) {
  const { spec, status, metadata } = issue;
  const { repository, number, title, author } = spec;
  const field = useRef<HTMLTextAreaElement>(null);
  const path = issuePath(organization, metadata.name);
  useKeyBindings([{ key: 'c', description: 'Comment', run: () => field.current?.focus() }]);
  return (
    <PageFrame
      title={`${title}${number ? ` #${number}` : ''}`}
      organization={organization}
      crumbs={
        repository
          ? [
              { label: repository, to: repositoryPath(organization, repository) },
              { label: 'Issues', to: repositoryPath(organization, repository, 'issues') },
            ]
          : [{ label: 'Issues', to: organizationPath(organization, 'issues') }]
      }
      lede={
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <StatusChip status={status?.phase ?? (spec.state === 'closed' ? 'Closed' : 'Open')} />
          <span>{author ?? 'Someone'} opened this</span>
        </Box>
      }
      action={
        repository && (
          <DispatchButton
            organization={organization}
            namespace={namespace}
            source={{ repository, issue: metadata.name }}
          />
        )
      }
      tabs={
        <RouteTabs
          label="Parts of the issue"
          value={tab ? `${path}/${tab}` : path}
          tabs={[
            { label: 'Conversation', to: path },
            { label: 'Resource', to: `${path}/resource` },
          ]}
        />
      }
    >
      {tab === 'resource' ? (
        <ResourceTab type={Issue} object={issue} />
      ) : (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 320px' },
            alignItems: 'start',
          }}
        >
          <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
            <IssueConversation issue={issue} organization={organization} />
            <CommentForm issue={issue} field={field} />
          </Box>
          <IssueFacts issue={issue} />
        </Box>
      )}
    </PageFrame>
  );
}
