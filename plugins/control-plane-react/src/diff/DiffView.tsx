import Box from '@mui/material/Box';
import { alpha } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { MONOSPACE } from '../components/tokens';
import { visuallyHidden } from '../components/visuallyHidden';
import { DiffLine, hunksOf, lineDiff } from './lineDiff';

const SIGN = { same: ' ', removed: '−', added: '+' } as const;
const WORD = { same: '', removed: 'Removed: ', added: 'Added: ' } as const;

/** What differs between two texts, line by line, with a few lines around each change. */
export function DiffView({
  before,
  after,
  label,
  same = 'Nothing differs.',
}: {
  before: string;
  after: string;
  /** Names the difference for screen readers. */
  label: string;
  /** Said when the texts are equal. */
  same?: string;
}) {
  const hunks = useMemo(() => hunksOf(lineDiff(before, after)), [before, after]);
  if (before === after) {
    return (
      <Typography variant="body2" color="text.secondary">
        {same}
      </Typography>
    );
  }
  return (
    <Box
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={0}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        overflow: 'auto',
        maxHeight: '60vh',
        fontFamily: MONOSPACE,
        fontSize: 12.5,
        lineHeight: '20px',
        py: 0.5,
      }}
    >
      <Box sx={{ minWidth: 'max-content' }}>
        {hunks.map((line, index) => (
          // eslint-disable-next-line react/no-array-index-key -- lines have no other identity
          <Line key={index} line={line} />
        ))}
      </Box>
    </Box>
  );
}

function Line({ line }: { line: DiffLine | undefined }) {
  if (!line) {
    return (
      <Box aria-hidden sx={{ color: 'text.secondary', px: 1.5, userSelect: 'none' }}>
        ⋯
      </Box>
    );
  }
  return (
    <Box
      sx={theme => ({
        display: 'flex',
        whiteSpace: 'pre',
        px: 1.5,
        bgcolor:
          line.type === 'same'
            ? undefined
            : alpha(theme.palette[line.type === 'added' ? 'success' : 'error'].main, 0.13),
      })}
    >
      <Box component="span" aria-hidden sx={{ width: 20, flexShrink: 0, userSelect: 'none' }}>
        {SIGN[line.type]}
      </Box>
      {WORD[line.type] && (
        <Box component="span" sx={visuallyHidden}>
          {WORD[line.type]}
        </Box>
      )}
      {line.text || ' '}
    </Box>
  );
}
