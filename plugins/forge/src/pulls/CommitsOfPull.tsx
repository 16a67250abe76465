import { Problem, SkeletonRows, useRepository } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import { useNavigate } from 'react-router-dom';
import { repositoryPath } from '../api/links';
import { useForge } from '../api/useForge';
import { Commits } from '../api/wire';
import { CommitRows } from '../code/CommitList';

/** The commits a pull request would bring. */
export function CommitsOfPull({ pull }: { pull: PullRequest }) {
  const navigate = useNavigate();
  const { organization, repository } = useRepository();
  const route = `pulls/${encodeURIComponent(pull.metadata.name)}/commits`;
  const { data, error, retry } = useForge<Commits>(
    route,
    {},
    `${pull.status?.headSha}:${pull.status?.baseSha}`,
  );
  if (error) return <Problem error={error} title="The commits could not be read" onRetry={retry} />;
  if (!data) return <SkeletonRows rows={6} />;
  return (
    <CommitRows
      commits={data.items}
      onOpen={sha => navigate(repositoryPath(organization, repository, 'code', { commit: sha }))}
    />
  );
}
