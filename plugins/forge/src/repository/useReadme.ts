import { ForgeAnswer, useForge } from '../api/useForge';
import { Blob, Tree } from '../api/wire';

/** The README at the root of a branch: of several the markdown one. Undefined data without loading: there is none. */
export function useReadme(ref: string | undefined, headSha: string | undefined): ForgeAnswer<Blob> {
  const tree = useForge<Tree>(ref && headSha ? 'tree' : undefined, { ref }, headSha);
  const readme = tree.data?.entries
    .filter(({ type, name }) => type === 'file' && /^readme(\.(md|markdown|txt|rst))?$/i.test(name))
    .sort((a, b) => Number(/\.(md|markdown)$/i.test(b.name)) - Number(/\.(md|markdown)$/i.test(a.name)))[0];
  const blob = useForge<Blob>(readme && 'blob', { ref, path: readme?.path, format: 'json' }, headSha);
  return { ...blob, loading: tree.loading || blob.loading, error: tree.error ?? blob.error };
}
