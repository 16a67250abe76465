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
import { shortSha } from '../api/links';
import { useForge } from '../api/useForge';
import { CommitInfo, CommitSignature, Diff } from '../api/wire';
import { DiffFiles } from '../diff/DiffFiles';

/** A commit: its message and what it changed. */
export function CommitView({
  sha,
  onBack,
  onOpen,
  onBrowse,
}: {
  sha: string;
  onBack(): void;
  /** Leads to another commit. */
  onOpen(sha: string): void;
  /** Leads to the files as they were. */
  onBrowse(): void;
}) {
  const { data, error, retry } = useForge<{ commit: CommitInfo; signature?: CommitSignature } & Diff>(
    `commit/${encodeURIComponent(sha)}`,
  );
  if (error) return <Problem error={error} title="The commit could not be read" onRetry={retry} />;
  if (!data) return <SkeletonRows rows={10} />;
  const { commit, signature } = data;
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Box>
        <Button size="small" onClick={onBack}>
          Back to the history
        </Button>
        <Button size="small" onClick={onBrowse}>
          Files at this commit
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
            [
              commit.parents.length > 1 ? 'Parents' : 'Parent',
              commit.parents.map(parent => (
                <Button key={parent} size="small" onClick={() => onOpen(parent)}>
                  {shortSha(parent)}
                </Button>
              )),
            ],
            ['Signature', signatureWords(signature)],
          ]}
        />
      </Section>
      <DiffFiles diff={data} />
    </Box>
  );
}

function signatureWords(signature: CommitSignature | undefined): string | undefined {
  if (signature?.signer) return `Good, by a key of ${signature.signer}`;
  return signature?.problem && `The commit ${signature.problem}`;
}
