import {
  CopyField,
  Facts,
  Problem,
  RelativeTime,
  Section,
  SkeletonRows,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useForge } from '../api/useForge';
import { CommitInfo, Diff } from '../api/wire';
import { DiffFiles } from '../diff/DiffFiles';

/** A commit: its message and what it changed. */
export function CommitView({ sha, onBack }: { sha: string; onBack(): void }) {
  const { data, error, retry } = useForge<{ commit: CommitInfo } & Diff>(`commit/${encodeURIComponent(sha)}`);
  if (error) return <Problem error={error} title="The commit could not be read" onRetry={retry} />;
  if (!data) return <SkeletonRows rows={10} />;
  const { commit } = data;
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Box>
        <Button size="small" onClick={onBack}>
          Back to the history
        </Button>
      </Box>
      <Section title={commit.subject || 'No message'}>
        {commit.body && (
          <Box sx={{ whiteSpace: 'pre-wrap', fontSize: 13, mb: 2, overflowWrap: 'anywhere' }}>
            {commit.body}
          </Box>
        )}
        <Facts
          facts={[
            ['Author', commit.author.name],
            ['When', <RelativeTime key="when" time={commit.author.date} />],
            ['Commit', <CopyField key="sha" label="the commit" value={commit.sha} />],
          ]}
        />
      </Section>
      <DiffFiles diff={data} />
    </Box>
  );
}
