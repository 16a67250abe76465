import Box from '@mui/material/Box';
import { Fragment, ReactNode } from 'react';

/** One label and its value; an absent value leaves the line out. */
export type Fact = [label: string, value: ReactNode];

/** The few things one wants to know about an object, as labels and values. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(
    ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
  );
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(88px, max-content) minmax(0, 1fr)',
        columnGap: 2,
        rowGap: 0.75,
        fontSize: 13,
      }}
    >
      {known.map(([label, value]) => (
        <Fragment key={label}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {label}
          </Box>
          <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Fragment>
      ))}
    </Box>
  );
}
