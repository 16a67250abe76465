import {
  changesIn,
  DiffView,
  EmptyState,
  KindInfo,
  lineDiff,
  manifestOf,
  Problem,
  RelativeTime,
  Section,
  SkeletonRows,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Revision, useHistory } from './useHistory';

const VERBS: Record<Revision['action'], string> = {
  create: 'Created',
  update: 'Changed',
  patch: 'Changed',
  apply: 'Applied',
  delete: 'Asked for the deletion',
};

/** Who changed what and when; each change as a difference to the one before, or to any other. */
export function HistoryPart({ kind, object }: { kind: KindInfo; object: Resource }) {
  const { revisions, error } = useHistory(kind, object);
  const [chosen, setChosen] = useState<string>();
  const [base, setBase] = useState('');
  if (error && !revisions) return <Problem error={error} title="The history could not be read" />;
  if (!revisions) return <SkeletonRows rows={6} />;
  const index = Math.max(
    0,
    revisions.findIndex(({ resourceVersion }) => resourceVersion === chosen),
  );
  const revision = revisions[index];
  const before = revisions.find(({ resourceVersion }) => resourceVersion === base) ?? revisions[index + 1];
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(280px, 1fr) minmax(0, 2.5fr)' },
        alignItems: 'start',
      }}
    >
      <Section title="Changes" flush>
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: '65vh', overflow: 'auto' }}>
          {revisions.map((each, at) => (
            <RevisionRow
              key={each.resourceVersion}
              revision={each}
              before={revisions[at + 1]}
              current={each === revision}
              onChoose={() => {
                setChosen(each.resourceVersion);
                setBase('');
              }}
            />
          ))}
        </Box>
      </Section>
      <Section
        title="What differs"
        action={
          revisions.length > 1 && (
            <TextField
              select
              size="small"
              value={before?.resourceVersion ?? ''}
              onChange={event => setBase(event.target.value)}
              inputProps={{ 'aria-label': 'Compared with' }}
              sx={{ minWidth: 190, '& .MuiSelect-select': { py: 0.5, fontSize: 13 } }}
            >
              {!before && <MenuItem value="">Nothing before</MenuItem>}
              {revisions
                .filter(each => each !== revision)
                .map(({ resourceVersion, time }) => (
                  <MenuItem key={resourceVersion} value={resourceVersion}>
                    since {new Date(time).toLocaleString()}
                  </MenuItem>
                ))}
            </TextField>
          )
        }
      >
        {revisions.length === 1 ? (
          <EmptyState title="It was not changed since it was made">
            Changes of what is wanted appear here with who made them. What controllers observe is not a
            change.
          </EmptyState>
        ) : (
          <DiffView
            label="Lines that differ"
            before={before ? textOf(before) : ''}
            after={textOf(revision)}
            same={sameWords(kind)}
          />
        )}
      </Section>
    </Box>
  );
}

function RevisionRow({
  revision,
  before,
  current,
  onChoose,
}: {
  revision: Revision;
  before: Revision | undefined;
  current: boolean;
  onChoose(): void;
}) {
  const { added, removed } = changesIn(before ? lineDiff(textOf(before), textOf(revision)) : []);
  return (
    <Box component="li" sx={{ '& + &': { borderTop: 1, borderColor: 'divider' } }}>
      <ButtonBase
        onClick={onChoose}
        aria-current={current}
        sx={{
          width: '100%',
          display: 'block',
          textAlign: 'left',
          px: 2,
          py: 1,
          bgcolor: current ? 'action.selected' : undefined,
          '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
        }}
      >
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline', fontSize: 13 }}>
          <Box component="span" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
            {revision.principal ?? 'Not known who'}
          </Box>
          <Typography variant="caption" color="text.secondary" sx={{ ml: 'auto', whiteSpace: 'nowrap' }}>
            <RelativeTime time={revision.time} />
          </Typography>
        </Box>
        <Box sx={{ display: 'flex', gap: 1, fontSize: 12, color: 'text.secondary' }}>
          <span>{VERBS[revision.action]}</span>
          {before && (
            <Box component="span" sx={{ ml: 'auto', fontVariantNumeric: 'tabular-nums' }}>
              <Box component="span" sx={{ color: 'success.main' }}>
                +{added}
              </Box>{' '}
              <Box component="span" sx={{ color: 'error.main' }}>
                −{removed}
              </Box>
            </Box>
          )}
        </Box>
      </ButtonBase>
    </Box>
  );
}

/** What the server counts differs at every change and says nothing. */
function textOf({ object }: Revision): string {
  const { resourceVersion: _v, generation: _g, uid: _u, ...metadata } = object.metadata;
  return manifestOf({ ...object, metadata } as Resource);
}

function sameWords(kind: KindInfo): string {
  return kind.kind === 'Secret'
    ? 'Values were replaced; they are never shown.'
    : 'Nothing differs in what is told.';
}
