import Box from '@mui/material/Box';
import { Children, ReactNode } from 'react';

/** Sections below one another, two beside each other where there is room. */
export function SectionGrid({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
        alignItems: 'start',
      }}
    >
      {Children.toArray(children)}
    </Box>
  );
}
