import { Problem, SkeletonRows } from '@krate/plugin-control-plane-react';
import { ApiError } from '@krate/resource-model';
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
}

/** A path is a directory or a file; the address does not say which, the server does. */
export function TreeOrFile({ gitRef, path, revision, onGo }: PathViewProps) {
  const tree = useForge<Tree>('tree', { ref: gitRef, path }, revision);
  const isNoDirectory = Boolean(path) && tree.error instanceof ApiError && tree.error.reason === 'NotFound';
  const blob = useForge<Blob>(
    isNoDirectory ? 'blob' : undefined,
    { ref: gitRef, path, format: 'json' },
    revision,
  );

  if (tree.loading || blob.loading) return <SkeletonRows rows={10} />;
  if (tree.data) return <TreeView tree={tree.data} onGo={onGo} />;
  if (blob.data) return <FileView blob={blob.data} />;
  const failed = isNoDirectory ? blob : tree;
  return failed.error ? (
    <Problem error={failed.error} title={`${path || 'The files'} could not be read`} onRetry={failed.retry} />
  ) : null;
}
