import { EmptyState, Problem, Section, SkeletonRows } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useForge } from '../api/useForge';
import { Branch, Commits, Diff } from '../api/wire';
import { DiffFiles } from '../diff/DiffFiles';
import { BranchPicker } from './BranchPicker';
import { CommitRows } from './CommitList';

/** What one branch has that another lacks: its commits and what they change together. */
export function CompareView({
  branches,
  base,
  head,
  onPick,
  onOpen,
}: {
  branches: readonly Branch[];
  base: string;
  head: string;
  onPick(base: string, head: string): void;
  onOpen(sha: string): void;
}) {
  const query = { base, head };
  const same = base === head;
  const commits = useForge<Commits>(same ? undefined : 'compare/commits', query);
  const diff = useForge<Diff>(same ? undefined : 'compare', query);
  const failed = [commits, diff].find(({ error }) => error);
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', fontSize: 13 }}>
        <BranchPicker branches={branches} current={base} label="Base" onPick={name => onPick(name, head)} />
        and
        <BranchPicker
          branches={branches}
          current={head}
          label="Compared"
          onPick={name => onPick(base, name)}
        />
      </Box>
      {same && (
        <EmptyState title="Choose two branches, tags or commits">
          What the second has and the first lacks stands here.
        </EmptyState>
      )}
      {failed?.error && (
        <Problem error={failed.error} title="They could not be compared" onRetry={failed.retry} />
      )}
      {!same && !failed && (!commits.data || !diff.data) && <SkeletonRows rows={10} />}
      {!same && commits.data && (
        <Section title={`${commits.data.items.length}${commits.data.more ? '+' : ''} commits`} flush>
          <CommitRows commits={commits.data.items} onOpen={onOpen} framed={false} />
        </Section>
      )}
      {!same && diff.data && <DiffFiles diff={diff.data} />}
    </Box>
  );
}
