import Box from '@mui/material/Box';

/** How many lines came and went: `+12 −3`. */
export function Counts({ additions = 0, deletions = 0 }: { additions?: number; deletions?: number }) {
  return (
    <Box
      component="span"
      sx={{ fontSize: 12, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
      aria-label={`${additions} added, ${deletions} deleted lines`}
      role="img"
    >
      <Box component="span" sx={{ color: 'success.main' }}>
        +{additions}
      </Box>{' '}
      <Box component="span" sx={{ color: 'error.main' }}>
        −{deletions}
      </Box>
    </Box>
  );
}
