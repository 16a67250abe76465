import { CopyField } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** Something secret that the server has just made and does not keep. */
export function ShownOnce({ value, label, children }: { value: string; label: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <CopyField boxed label={label} value={value} />
      <Alert severity="warning" variant="outlined">
        {children}
      </Alert>
    </Box>
  );
}
