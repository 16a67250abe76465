import {
  CopyField,
  EmptyState,
  Problem,
  RelativeTime,
  ROW_HEIGHT,
  SkeletonRows,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import TextField from '@mui/material/TextField';
import { ReactNode, useMemo, useState } from 'react';
import { useForge } from '../api/useForge';
import { Branch, Divergence, Tag } from '../api/wire';

/** Rows that are drawn and measured at once; a filter finds the others. */
const SHOWN = 100;

/** The branches, the latest first, with how far each is from the default one. */
export function BranchList({
  branches,
  revision,
  onGo,
  onCompare,
}: {
  branches: readonly Branch[];
  /** Reads the distances again when it changes. */
  revision: string;
  onGo(ref: string): void;
  onCompare(branch: string): void;
}) {
  const [filter, setFilter] = useState('');
  const rows = useMemo(
    () => branches.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())).slice(0, SHOWN),
    [branches, filter],
  );
  // One question for all rows; the address names them.
  const query = rows.map(({ name }) => `branch=${encodeURIComponent(name)}`).join('&');
  const { data } = useForge<Divergence>(rows.length ? `divergence?${query}` : undefined, {}, revision);
  const apart = new Map(data?.items.map(item => [item.name, item]));
  return (
    <Listing
      label="Branches"
      filter={filter}
      onFilter={setFilter}
      total={branches.length}
      shown={rows.length}
    >
      {rows.map(branch => {
        const distance = apart.get(branch.name);
        return (
          <Row
            key={branch.name}
            name={branch.name}
            sha={branch.sha}
            time={branch.committedAt}
            onGo={() => onGo(branch.name)}
          >
            {branch.default ? (
              'default'
            ) : (
              <Link
                component="button"
                type="button"
                onClick={() => onCompare(branch.name)}
                sx={{ fontSize: 12 }}
              >
                {distance ? `${distance.ahead} ahead, ${distance.behind} behind` : 'Compare'}
              </Link>
            )}
          </Row>
        );
      })}
    </Listing>
  );
}

/** The tags, the latest first. */
export function TagList({ revision, onGo }: { revision: string; onGo(ref: string): void }) {
  const [filter, setFilter] = useState('');
  const { data, error, retry } = useForge<{ items: Tag[] }>('tags', {}, revision);
  if (error) return <Problem error={error} title="The tags could not be read" onRetry={retry} />;
  if (!data) return <SkeletonRows rows={8} />;
  if (data.items.length === 0)
    return (
      <EmptyState title="No tags yet">
        Mark a release with <code>git tag v1.0 &amp;&amp; git push origin v1.0</code>.
      </EmptyState>
    );
  const rows = data.items
    .filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
    .slice(0, SHOWN);
  return (
    <Listing label="Tags" filter={filter} onFilter={setFilter} total={data.items.length} shown={rows.length}>
      {rows.map(tag => (
        <Row key={tag.name} name={tag.name} sha={tag.sha} time={tag.taggedAt} onGo={() => onGo(tag.name)}>
          {tag.subject}
        </Row>
      ))}
    </Listing>
  );
}

function Listing(props: {
  label: string;
  filter: string;
  onFilter(text: string): void;
  total: number;
  shown: number;
  children: ReactNode;
}) {
  const { label, filter, onFilter, total, shown, children } = props;
  return (
    <Box>
      <TextField
        size="small"
        placeholder={`Filter ${label.toLowerCase()}`}
        value={filter}
        onChange={event => onFilter(event.target.value)}
        inputProps={{ 'aria-label': `Filter ${label.toLowerCase()}` }}
        sx={{ mb: 1, width: 280, maxWidth: '100%' }}
      />
      {shown === 0 && <EmptyState title="None of that name" />}
      {shown > 0 && (
        <Box
          component="ul"
          aria-label={label}
          sx={{
            listStyle: 'none',
            m: 0,
            p: 0,
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: 'background.paper',
          }}
        >
          {children}
        </Box>
      )}
      {shown < total && !filter && (
        <Box sx={{ fontSize: 12, color: 'text.secondary', mt: 1 }}>
          The latest {shown} of {total}; filter by name to find another.
        </Box>
      )}
    </Box>
  );
}

function Row(props: { name: string; sha: string; time: string; onGo(): void; children: ReactNode }) {
  const { name, sha, time, onGo, children } = props;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 1.5,
        minHeight: ROW_HEIGHT,
        fontSize: 13,
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Link
        component="button"
        type="button"
        onClick={onGo}
        underline="hover"
        sx={{
          fontSize: 13,
          fontWeight: 600,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
          flexShrink: 1,
        }}
      >
        {name}
      </Link>
      <Box
        component="span"
        sx={{
          ml: 'auto',
          color: 'text.secondary',
          fontSize: 12,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {children}
      </Box>
      <Box component="span" sx={{ color: 'text.secondary', fontSize: 12, whiteSpace: 'nowrap' }}>
        <RelativeTime time={time} />
      </Box>
      <Box sx={{ width: 110, flexShrink: 0, display: { xs: 'none', sm: 'block' } }}>
        <CopyField label={`the commit of ${name}`} value={sha} />
      </Box>
    </Box>
  );
}
