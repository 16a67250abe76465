import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode, useId } from 'react';

/** Fields that belong together, under their name. */
export function Group({
  label,
  description,
  fault,
  action,
  children,
}: {
  label: string;
  description?: string;
  fault?: string;
  action?: ReactNode;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <Box
      role="group"
      aria-labelledby={id}
      sx={{ borderLeft: 2, borderColor: fault ? 'error.main' : 'divider', pl: 2, minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 30 }}>
        <Typography id={id} component="h3" sx={{ fontSize: 14, fontWeight: 600 }}>
          {label}
        </Typography>
        <Box sx={{ ml: 'auto' }}>{action}</Box>
      </Box>
      {(fault ?? description) && (
        <Typography
          variant="caption"
          component="p"
          color={fault ? 'error.main' : 'text.secondary'}
          sx={{ mb: 1 }}
        >
          {fault ?? description}
        </Typography>
      )}
      {children && <Box sx={{ display: 'grid', gap: 2, mt: 1 }}>{children}</Box>}
    </Box>
  );
}
