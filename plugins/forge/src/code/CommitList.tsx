import {
  CopyField,
  EmptyState,
  Problem,
  RelativeTime,
  ROW_HEIGHT,
  SkeletonRows,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { useState } from 'react';
import { useForge } from '../api/useForge';
import { CommitInfo, Commits } from '../api/wire';

const PAGE = 50;

/** The commits of a branch, or those that touched a path, latest first. */
export function CommitList({
  gitRef,
  path,
  revision,
  onOpen,
}: {
  gitRef: string;
  path: string;
  revision: string;
  onOpen(sha: string): void;
}) {
  const [page, setPage] = useState(0);
  const query = { ref: gitRef, path, limit: String(PAGE), skip: page ? String(page * PAGE) : undefined };
  const { data, loading, error, retry } = useForge<Commits>('commits', query, revision);
  if (error) return <Problem error={error} title="The commits could not be read" onRetry={retry} />;
  if (loading || !data) return <SkeletonRows rows={10} />;
  return (
    <>
      <CommitRows commits={data.items} onOpen={onOpen} />
      <Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
        <Button size="small" disabled={page === 0} onClick={() => setPage(page - 1)}>
          Newer
        </Button>
        <Button size="small" disabled={!data.more} onClick={() => setPage(page + 1)}>
          Older
        </Button>
      </Box>
    </>
  );
}

/** `framed`: with a border of its own, when it stands in no section. */
export function CommitRows({
  commits,
  onOpen,
  framed = true,
}: {
  framed?: boolean;
  commits: readonly CommitInfo[];
  onOpen?(sha: string): void;
}) {
  if (commits.length === 0) return <EmptyState title="No commits" />;
  return (
    <Box
      component="ul"
      aria-label="Commits"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        border: framed ? 1 : 0,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
      }}
    >
      {commits.map((commit, index) => (
        <Box
          component="li"
          key={commit.sha}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 2,
            px: 1.5,
            minHeight: ROW_HEIGHT,
            borderTop: index ? 1 : 0,
            borderColor: 'divider',
            fontSize: 13,
          }}
        >
          <Box
            sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            title={commit.body || commit.subject}
          >
            {onOpen ? (
              <Link
                component="button"
                type="button"
                onClick={() => onOpen(commit.sha)}
                underline="hover"
                color="text.primary"
                sx={{ fontSize: 13, fontWeight: 600 }}
              >
                {commit.subject || 'No message'}
              </Link>
            ) : (
              <strong>{commit.subject || 'No message'}</strong>
            )}
          </Box>
          <Box
            component="span"
            sx={{ color: 'text.secondary', whiteSpace: 'nowrap', display: { xs: 'none', sm: 'inline' } }}
          >
            {commit.author.name}
          </Box>
          <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
            <RelativeTime time={commit.author.date} />
          </Box>
          <Box sx={{ width: 110, flexShrink: 0 }}>
            <CopyField label={`the commit ${commit.sha.slice(0, 8)}`} value={commit.sha} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
