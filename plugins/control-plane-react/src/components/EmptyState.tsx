import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** An empty page teaches: what belongs here, and what makes the first one. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Box sx={{ py: 4, px: 3, textAlign: 'center' }} role="status">
      <Typography variant="body1" sx={{ fontWeight: 600 }} component="p" gutterBottom>
        {title}
      </Typography>
      {children && (
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ maxWidth: 520, mx: 'auto', '& a': { textDecoration: 'underline' } }}
          component="div"
        >
          {children}
        </Typography>
      )}
      {action && <Box sx={{ mt: 2 }}>{action}</Box>}
    </Box>
  );
}
