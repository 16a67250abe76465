import {
  EmptyState,
  organizationPath,
  PageFrame,
  Problem,
  RepositoryProvider,
  ResourceTab,
  RouteTabs,
  SkeletonRows,
  StatusChip,
  useKeyBindings,
  useOrganization,
  useResource,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { PullRequest, Review } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { useRef } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { branchOf, pullRequestPath, repositoryPath } from '../api/links';
import { Counts } from '../diff/Counts';
import { DispatchButton } from '../repository/DispatchButton';
import { CommitsOfPull } from './CommitsOfPull';
import { FilesChanged } from './FilesChanged';
import { PullRequestActions } from './PullRequestActions';
import { PullRequestConversation } from './PullRequestConversation';
import { useReviewDraft } from './useReviewDraft';

/** A proposed change: what it says, its commits, its lines, and the decision. */
export function PullRequestPage() {
  const { organization, namespace } = useOrganization();
  const { name = '' } = useParams();
  const { object: pull, loading, error } = useResource(PullRequest, namespace, name);
  if (!pull) {
    return (
      <PageFrame
        title={name}
        organization={organization}
        crumbs={[{ label: 'Pull requests', to: organizationPath(organization, 'pull-requests') }]}
      >
        {loading && <SkeletonRows rows={12} />}
        {error && <Problem error={error} title="The pull request could not be read" />}
        {!loading && !error && <EmptyState title="There is no such pull request, or you may not see it" />}
      </PageFrame>
    );
  }
  return (
    <RepositoryProvider organization={organization} repository={pull.spec.repository}>
      <LoadedPage pull={pull} organization={organization} namespace={namespace} />
    </RepositoryProvider>
  );
}

function LoadedPage({
  pull,
  organization,
  namespace,
}: {
  pull: PullRequest;
  organization: string;
  namespace: string;
}) {
  const { '*': tab = '' } = useParams();
  const navigate = useNavigate();
  const { name } = pull.metadata;
  const { repository, number, title, sourceRef, targetRef, author } = pull.spec;
  const { items: reviews } = useResourceList(Review, {
    namespace,
    fieldSelector: `spec.pullRequest=${name}`,
  });
  const draft = useReviewDraft();
  const field = useRef<HTMLTextAreaElement>(null);
  const path = (segment?: string) => pullRequestPath(organization, name, ...(segment ? [segment] : []));

  useKeyBindings([
    {
      key: 'a',
      description: 'Approve: goes to the review with the verdict chosen',
      run: () => {
        draft.setDecision('approved');
        navigate(path());
        setTimeout(() => field.current?.focus(), 50);
      },
    },
    {
      key: 'm',
      description: 'Merge: goes to the merge button',
      run: () => {
        navigate(path());
        setTimeout(() => document.getElementById('merge-button')?.focus(), 50);
      },
    },
  ]);
  return (
    <PageFrame
      title={`${title} #${number ?? ''}`}
      organization={organization}
      crumbs={[
        { label: repository, to: repositoryPath(organization, repository) },
        { label: 'Pull requests', to: repositoryPath(organization, repository, 'pull-requests') },
      ]}
      heading={
        <>
          {title}{' '}
          <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
            #{number}
          </Box>
        </>
      }
      lede={
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <StatusChip status={pull.status?.phase ?? 'Pending'} />
          <span>
            {author ?? 'Someone'} proposes <code>{branchOf(sourceRef)}</code> for{' '}
            <code>{branchOf(targetRef)}</code>
          </span>
          {pull.status?.changedFiles !== undefined && (
            <Counts additions={pull.status.additions} deletions={pull.status.deletions} />
          )}
        </Box>
      }
      action={
        <Box sx={{ display: 'flex', gap: 1 }}>
          <PullRequestActions pull={pull} namespace={namespace} />
          <DispatchButton
            organization={organization}
            namespace={namespace}
            source={{ repository, pullRequest: name, ref: sourceRef }}
          />
        </Box>
      }
      tabs={
        <RouteTabs
          label="Parts of the pull request"
          value={path(tab)}
          tabs={[
            { label: 'Conversation', to: path() },
            { label: 'Commits', to: path('commits'), count: pull.status?.commits },
            { label: 'Files changed', to: path('files'), count: pull.status?.changedFiles },
            { label: 'Resource', to: path('resource') },
          ]}
        />
      }
    >
      {tab === '' && (
        <PullRequestConversation
          pull={pull}
          reviews={reviews}
          draft={draft}
          field={field}
          organization={organization}
          namespace={namespace}
        />
      )}
      {tab === 'commits' && <CommitsOfPull pull={pull} />}
      {tab === 'files' && <FilesChanged pull={pull} reviews={reviews} draft={draft} />}
      {tab === 'resource' && <ResourceTab type={PullRequest} object={pull} />}
    </PageFrame>
  );
}
