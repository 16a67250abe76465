import { RelativeTime } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { BlameHunk } from '../api/wire';

/** Beside a line: who last touched it, where another commit's lines begin. */
export function BlameMark({ hunk, onCommit }: { hunk: BlameHunk | undefined; onCommit?(sha: string): void }) {
  return (
    <Box
      sx={{
        width: { xs: 120, md: 200, lg: 300 },
        flexShrink: 0,
        px: 1,
        borderTop: hunk ? 1 : 0,
        borderColor: 'divider',
        color: 'text.secondary',
        overflow: 'hidden',
        whiteSpace: 'nowrap',
        textOverflow: 'ellipsis',
      }}
    >
      {hunk && (
        <Box
          component="button"
          type="button"
          title={`${hunk.subject} (${hunk.author})`}
          onClick={() => onCommit?.(hunk.sha)}
          sx={{
            all: 'unset',
            cursor: 'pointer',
            maxWidth: '100%',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            '&:hover, &:focus-visible': { textDecoration: 'underline' },
          }}
        >
          <RelativeTime time={hunk.date} /> · {hunk.subject || 'No message'}
        </Box>
      )}
    </Box>
  );
}
