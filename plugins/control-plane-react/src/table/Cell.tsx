import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { RowSort } from './SortButton';

/** One cell of a table; what does not fit is cut. */
export function Cell({
  role,
  align,
  sort,
  children,
}: {
  role: string;
  align?: 'right';
  sort?: RowSort['direction'];
  children: ReactNode;
}) {
  return (
    <Box
      role={role}
      aria-sort={sort}
      sx={{
        minWidth: 0,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        textAlign: align,
        fontVariantNumeric: align && 'tabular-nums',
        '& a:not(:first-of-type), & button': { position: 'relative', zIndex: 1 },
      }}
    >
      {children}
    </Box>
  );
}
