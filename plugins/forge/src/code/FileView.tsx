import {
  EmptyState,
  Markdown,
  Problem,
  SkeletonRows,
  useAddressParameter,
  useRepository,
} from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { lazy, Suspense } from 'react';
import { bytes } from '../api/bytes';
import { useForge } from '../api/useForge';
import { Blame, Blob } from '../api/wire';
import { resolveLink } from '../repository/resolveLink';
import { FileBar } from './FileBar';
import { linesAfterClick, parseLines } from './lineRange';

const SourceLines = lazy(() => import('./SourceLines'));

/** A file: its lines, who wrote them, or the page it makes when it is markdown. Lines have addresses. */
export function FileView({ blob, onCommit }: { blob: Blob; onCommit?(sha: string): void }) {
  const { organization, repository } = useRepository();
  const [lines, setLines] = useAddressParameter('lines');
  const [as, setAs] = useAddressParameter('as', lines ? 'source' : 'page');
  const isMarkdown = /\.(md|markdown)$/i.test(blob.path);
  const asPage = isMarkdown && as === 'page';
  const asBlame = as === 'blame' && !blob.binary;
  const range = parseLines(lines);
  const blame = useForge<Blame>(asBlame ? 'blame' : undefined, { ref: blob.commit, path: blob.path });
  return (
    <Box
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        overflow: 'hidden',
      }}
    >
      <FileBar blob={blob} as={asPage ? 'page' : as} isMarkdown={isMarkdown} range={range} onAs={setAs} />
      {blob.truncated && (
        <Alert severity="info">
          Only the beginning is shown: the file has {bytes(blob.size)}. A download has all of it.
        </Alert>
      )}
      {blob.binary && (
        <EmptyState title="A binary file">
          It has {bytes(blob.size)} that are not text. Download it to use it.
        </EmptyState>
      )}
      {blob.text === '' && <EmptyState title="An empty file" />}
      {blame.error && (
        <Problem error={blame.error} title="Who wrote it could not be read" onRetry={blame.retry} />
      )}
      {blame.data?.tooLarge && (
        <Alert severity="info">The file is too large to say who wrote each line.</Alert>
      )}
      {blob.text && asPage && (
        <Box sx={{ p: 3, maxWidth: 900 }}>
          <Markdown
            text={blob.text}
            resolve={address =>
              resolveLink(address, { organization, repository, branch: blob.commit, from: blob.path })
            }
          />
        </Box>
      )}
      {blob.text && !asPage && (
        <Suspense fallback={<SkeletonRows rows={12} height={20} />}>
          <SourceLines
            text={blob.text}
            path={blob.path}
            range={range}
            onLine={(line, extend) => setLines(linesAfterClick(range, line, extend))}
            blame={asBlame ? (blame.data?.hunks ?? []) : undefined}
            onCommit={onCommit}
          />
        </Suspense>
      )}
    </Box>
  );
}
