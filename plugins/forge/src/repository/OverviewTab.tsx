import {
  EmptyState,
  Facts,
  Link,
  Problem,
  RelativeTime,
  Section,
  SkeletonRows,
  StatusChip,
  useRepository,
  useResource,
  Markdown,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { repositoryPath } from '../api/links';
import { bytes } from '../api/bytes';
import { OpenPullRequests } from '../pulls/OpenPullRequests';
import { LatestPipelines } from '../runs/LatestPipelines';
import { CloneBox } from './CloneBox';
import { resolveLink } from './resolveLink';
import { useReadme } from './useReadme';

/** What the repository is, how to get it, and what is going on in it. */
export function OverviewTab() {
  const { organization, namespace, repository: name } = useRepository();
  const { object: repository, loading, error } = useResource(Repository, namespace, name);
  if (error) return <Problem error={error} title="The repository could not be read" />;
  if (loading) return <SkeletonRows rows={8} />;
  if (!repository) return <EmptyState title="There is no such repository, or you may not see it" />;
  const { spec, status } = repository;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 340px' },
        alignItems: 'start',
      }}
    >
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section
          title="Pull requests"
          flush
          action={<Link to={repositoryPath(organization, name, 'pull-requests')}>All</Link>}
        >
          <OpenPullRequests repository={name} />
        </Section>
        <Section
          title="Latest runs"
          flush
          action={<Link to={repositoryPath(organization, name, 'runs')}>All</Link>}
        >
          <LatestPipelines repository={name} />
        </Section>
        <Readme branch={spec.defaultBranch} headSha={status?.headSha} />
      </Box>
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section title="Clone">
          <CloneBox cloneUrl={status?.cloneUrl} sshUrl={status?.sshUrl} />
        </Section>
        <Section title="About">
          <Facts
            facts={[
              ['Description', spec.description],
              ['State', <StatusChip key="state" status={spec.archived ? 'Archived' : status?.phase} />],
              ['Visibility', spec.visibility],
              ['Default branch', <code key="branch">{spec.defaultBranch}</code>],
              ['Branches', status?.branches?.toString()],
              ['Size', status?.sizeBytes === undefined ? undefined : bytes(status.sizeBytes)],
              ['Last push', status?.lastPushAt && <RelativeTime key="push" time={status.lastPushAt} />],
              ['Topics', spec.topics?.join(', ')],
            ]}
          />
        </Section>
      </Box>
    </Box>
  );
}

function Readme({ branch, headSha }: { branch: string; headSha: string | undefined }) {
  const { organization, repository } = useRepository();
  const { data, loading, error } = useReadme(branch, headSha);
  if (!headSha) {
    return (
      <Section title="README">
        <EmptyState title="This repository is empty">
          Clone it, commit, and push: its files appear here at once.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section title={data?.path ?? 'README'}>
      {error && <Problem error={error} title="The README could not be read" />}
      {loading && <SkeletonRows rows={6} height={24} />}
      {!loading && !data && !error && (
        <EmptyState title="No README yet">
          A README.md at the root says what the repository is for.
        </EmptyState>
      )}
      {data?.text !== undefined && (
        <Markdown
          text={data.text}
          resolve={address => resolveLink(address, { organization, repository, branch, from: data.path })}
        />
      )}
    </Section>
  );
}
