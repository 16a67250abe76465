import {
  CopyField,
  EmptyState,
  SkeletonRows,
  useAddressParameter,
  useRepository,
  Markdown,
} from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { lazy, Suspense } from 'react';
import { bytes } from '../api/bytes';
import { shortSha } from '../api/links';
import { Blob } from '../api/wire';
import { resolveLink } from '../repository/resolveLink';

const SourceLines = lazy(() => import('./SourceLines'));

/** A file: its lines, or the page it makes when it is markdown. */
export function FileView({ blob }: { blob: Blob }) {
  const { organization, repository } = useRepository();
  const [as, setAs] = useAddressParameter('as', 'page');
  const isMarkdown = /\.(md|markdown)$/i.test(blob.path);
  const lines = blob.text?.replace(/\n$/, '').split('\n') ?? [];
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
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          px: 1.5,
          minHeight: 40,
          borderBottom: 1,
          borderColor: 'divider',
          fontSize: 12,
          color: 'text.secondary',
          flexWrap: 'wrap',
        }}
      >
        <span>
          {!blob.binary && `${lines.length.toLocaleString('en')} ${lines.length === 1 ? 'line' : 'lines'} · `}
          {bytes(blob.size)}
        </span>
        <span>at commit {shortSha(blob.commit)}</span>
        <CopyField label="the path" value={blob.path} />
        {isMarkdown && (
          <ToggleButtonGroup
            size="small"
            exclusive
            value={as}
            onChange={(_, value) => value && setAs(value)}
            sx={{ ml: 'auto' }}
            aria-label="Show as"
          >
            <ToggleButton value="page" sx={{ py: 0.25 }}>
              Page
            </ToggleButton>
            <ToggleButton value="source" sx={{ py: 0.25 }}>
              Source
            </ToggleButton>
          </ToggleButtonGroup>
        )}
      </Box>
      {blob.truncated && (
        <Alert severity="info">
          Only the beginning is shown: the file has {bytes(blob.size)}. A clone has all of it.
        </Alert>
      )}
      {blob.binary && (
        <EmptyState title="A binary file">
          It has {bytes(blob.size)} that are not text. Clone the repository to use it.
        </EmptyState>
      )}
      {blob.text === '' && <EmptyState title="An empty file" />}
      {blob.text && isMarkdown && as === 'page' && (
        <Box sx={{ p: 3, maxWidth: 900 }}>
          <Markdown
            text={blob.text}
            resolve={address =>
              resolveLink(address, { organization, repository, branch: blob.commit, from: blob.path })
            }
          />
        </Box>
      )}
      {blob.text && !(isMarkdown && as === 'page') && (
        <Suspense fallback={<SkeletonRows rows={12} height={20} />}>
          <SourceLines text={blob.text} path={blob.path} />
        </Suspense>
      )}
    </Box>
  );
}
