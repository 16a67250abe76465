import {
  EmptyState,
  Problem,
  SkeletonRows,
  useAddressParameter,
  useRepository,
  useResource,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useSearchParams } from 'react-router-dom';
import { useForge } from '../api/useForge';
import { Branches } from '../api/wire';
import { CloneBox } from '../repository/CloneBox';
import { DispatchButton } from '../repository/DispatchButton';
import { BranchPicker } from './BranchPicker';
import { CommitList } from './CommitList';
import { CommitView } from './CommitView';
import { PathCrumbs } from './PathCrumbs';
import { TreeOrFile } from './TreeOrFile';

/** The files and commits of a repository. What is shown (branch, path, commit) lives in the address. */
export function CodeTab() {
  const { organization, namespace, repository: name } = useRepository();
  const { object: repository, loading: unknown } = useResource(Repository, namespace, name);
  const [parameters, setParameters] = useSearchParams();
  const [path] = useAddressParameter('path');
  const [commit] = useAddressParameter('commit');
  const [show] = useAddressParameter('show');
  const branches = useForge<Branches>('branches', {}, repository?.metadata.resourceVersion);

  if (branches.error)
    return <Problem error={branches.error} title="The branches could not be read" onRetry={branches.retry} />;
  if (unknown || !branches.data) return <SkeletonRows rows={10} />;
  const { defaultBranch, items } = branches.data;
  if (items.length === 0) return <EmptyRepository cloneUrl={repository?.status?.cloneUrl} />;

  const ref = parameters.get('ref') ?? defaultBranch;
  const go = (next: Record<string, string>) => setParameters({ ref, ...next });
  if (commit) return <CommitView sha={commit} onBack={() => go({ show: 'commits', path })} />;
  const revision = items.find(branch => branch.name === ref)?.sha ?? '';
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', mb: 1.5 }}>
        <BranchPicker branches={items} current={ref} onPick={branch => go({ ref: branch, path, show })} />
        <PathCrumbs root={name} path={path} onGo={target => go({ path: target })} />
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
          <Button size="small" onClick={() => go(show === 'commits' ? { path } : { path, show: 'commits' })}>
            {show === 'commits' ? 'Files' : 'History'}
          </Button>
          {path && (
            <DispatchButton
              label="Dispatch an agent here"
              variant="text"
              organization={organization}
              namespace={namespace}
              source={{ repository: name, ref: `refs/heads/${ref}`, path }}
            />
          )}
        </Box>
      </Box>
      {show === 'commits' ? (
        <CommitList gitRef={ref} path={path} revision={revision} onOpen={sha => go({ commit: sha, path })} />
      ) : (
        <TreeOrFile gitRef={ref} path={path} revision={revision} onGo={target => go({ path: target })} />
      )}
    </Box>
  );
}

function EmptyRepository({ cloneUrl }: { cloneUrl: string | undefined }) {
  return (
    <EmptyState title="This repository is empty">
      Clone it, commit, and push; its files appear here without a reload.
      <Box sx={{ mt: 2, mx: 'auto', maxWidth: 480, textAlign: 'left' }}>
        <CloneBox cloneUrl={cloneUrl} />
      </Box>
    </EmptyState>
  );
}
