import { EmptyState, Problem, SkeletonRows } from '@krate/plugin-control-plane-react';
import { useForge } from '../api/useForge';
import { Blob, Tree } from '../api/wire';
import { FileView } from './FileView';
import { TreeView } from './TreeView';

export interface PathViewProps {
  gitRef: string;
  path: string;
  /** Commit the branch is at: a push reads again. */
  revision: string;
  onGo(path: string): void;
  onCommit?(sha: string): void;
}

/** A path is a directory or a file; the address does not say which, its parent directory does. */
export function TreeOrFile({ gitRef, path, revision, onGo, onCommit }: PathViewProps) {
  const parent = path.split('/').slice(0, -1).join('/');
  const around = useForge<Tree>('tree', { ref: gitRef, path: path && parent }, revision);
  const entry = around.data?.entries.find(candidate => candidate.path === path);
  const isFile = entry?.type === 'file' || entry?.type === 'symlink';
  const inner = useForge<Tree>(
    entry?.type === 'directory' ? 'tree' : undefined,
    { ref: gitRef, path },
    revision,
  );
  const blob = useForge<Blob>(isFile ? 'blob' : undefined, { ref: gitRef, path, format: 'json' }, revision);

  const failed = [around, inner, blob].find(({ error }) => error);
  if (failed?.error)
    return (
      <Problem
        error={failed.error}
        title={`${path || 'The files'} could not be read`}
        onRetry={failed.retry}
      />
    );
  if (around.loading || inner.loading || blob.loading) return <SkeletonRows rows={10} />;
  if (blob.data) return <FileView blob={blob.data} onCommit={onCommit} />;
  const tree = path ? inner.data : around.data;
  return tree ? (
    <TreeView tree={tree} onGo={onGo} />
  ) : (
    <EmptyState title={`There is no ${path} on ${gitRef}`} />
  );
}
