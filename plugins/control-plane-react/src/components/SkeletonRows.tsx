import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { visuallyHidden } from './visuallyHidden';
import { ROW_HEIGHT } from './tokens';

/** Keeps the layout of a list while it loads. */
export function SkeletonRows({ rows = 5, height = ROW_HEIGHT }: { rows?: number; height?: number }) {
  return (
    <Box role="status" sx={{ position: 'relative' }}>
      <Box component="span" sx={visuallyHidden}>
        Loading
      </Box>
      {Array.from({ length: rows }, (_, index) => (
        <Box
          key={index}
          aria-hidden
          sx={{
            height,
            display: 'flex',
            alignItems: 'center',
            px: 1.5,
            borderTop: index ? 1 : 0,
            borderColor: 'divider',
          }}
        >
          <Skeleton width={`${72 - ((index * 17) % 40)}%`} height={14} />
        </Box>
      ))}
    </Box>
  );
}
