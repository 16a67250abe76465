import { RelativeTime } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { ReactNode } from 'react';

export interface EntryProps {
  who: string;
  did: string;
  at: string;
  /** At the end of the heading: a verdict, a menu. */
  chip?: ReactNode;
  children: ReactNode;
}

/** Something that somebody said, with who and when above it. */
export function Entry({ who, did, at, chip, children }: EntryProps) {
  return (
    <Paper component="article" variant="outlined" sx={{ minWidth: 0 }}>
      <Box
        sx={{
          display: 'flex',
          gap: 1,
          alignItems: 'center',
          px: 2,
          minHeight: 40,
          borderBottom: 1,
          borderColor: 'divider',
          fontSize: 13,
        }}
      >
        <span>
          <strong>{who}</strong> {did} <RelativeTime time={at} />
        </span>
        <Box sx={{ ml: 'auto', display: 'flex', gap: 0.5 }}>{chip}</Box>
      </Box>
      <Box sx={{ px: 2, py: 1.5, '&:empty': { display: 'none' } }}>{children}</Box>
    </Paper>
  );
}
