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
import { useSearchParams } from 'react-router-dom';
import { useForge } from '../api/useForge';
import { Branches } from '../api/wire';
import { CloneBox } from '../repository/CloneBox';
import { BranchList, TagList } from './BranchList';
import { BranchPicker } from './BranchPicker';
import { CodeBar } from './CodeBar';
import { CommitList } from './CommitList';
import { CommitView } from './CommitView';
import { CompareView } from './CompareView';
import { PathCrumbs } from './PathCrumbs';
import { TreeOrFile } from './TreeOrFile';

/** The files and commits of a repository. What is shown (branch, path, commit) lives in the address. */
export function CodeTab() {
  const { namespace, repository: name } = useRepository();
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
  if (items.length === 0) return <EmptyRepository repository={repository} />;

  const ref = parameters.get('ref') ?? defaultBranch;
  const go = (next: Record<string, string>) => setParameters({ ref, ...next });
  const open = (sha: string) => go({ commit: sha, path });
  if (commit) {
    const browse = () => setParameters({ ref: commit });
    return (
      <CommitView sha={commit} onBack={() => go({ show: 'commits', path })} onOpen={open} onBrowse={browse} />
    );
  }
  const revision = items.find(branch => branch.name === ref)?.sha ?? '';
  return (
    <Box>
      <CodeBar
        show={show}
        path={path}
        gitRef={ref}
        onShow={next => go({ ...(next && { show: next }), ...(next === 'commits' || !next ? { path } : {}) })}
      >
        {(show === '' || show === 'commits') && (
          <BranchPicker branches={items} current={ref} onPick={branch => go({ ref: branch, path, show })} />
        )}
        {(show === '' || show === 'commits') && (
          <PathCrumbs
            root={repository?.spec.renamedTo ?? name}
            path={path}
            onGo={target => go({ path: target })}
          />
        )}
      </CodeBar>
      {shown()}
    </Box>
  );

  function shown() {
    switch (show) {
      case 'commits':
        return <CommitList gitRef={ref} path={path} revision={revision} onOpen={open} />;
      case 'branches':
        return (
          <BranchList
            branches={items}
            revision={repository?.metadata.resourceVersion ?? ''}
            onGo={branch => setParameters({ ref: branch })}
            onCompare={head => go({ show: 'compare', base: defaultBranch, head })}
          />
        );
      case 'tags':
        return (
          <TagList
            revision={repository?.metadata.resourceVersion ?? ''}
            onGo={tag => setParameters({ ref: tag })}
          />
        );
      case 'compare':
        return (
          <CompareView
            branches={items}
            base={parameters.get('base') ?? defaultBranch}
            head={parameters.get('head') ?? ref}
            onPick={(base, head) => go({ show: 'compare', base, head })}
            onOpen={open}
          />
        );
      default:
        return (
          <TreeOrFile
            gitRef={ref}
            path={path}
            revision={revision}
            onGo={target => go({ path: target })}
            onCommit={open}
          />
        );
    }
  }
}

function EmptyRepository({ repository }: { repository: Repository | undefined }) {
  return (
    <EmptyState title="This repository is empty">
      Clone it, commit, and push; its files appear here without a reload.
      <Box sx={{ mt: 2, mx: 'auto', maxWidth: 480, textAlign: 'left' }}>
        <CloneBox cloneUrl={repository?.status?.cloneUrl} sshUrl={repository?.status?.sshUrl} />
      </Box>
    </EmptyState>
  );
}
