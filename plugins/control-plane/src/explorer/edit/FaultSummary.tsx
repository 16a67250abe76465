import { Fault, fieldOf } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

const TOLD = 3;

/** What is wrong altogether, told politely as one types. */
export function FaultSummary({ faults }: { faults: readonly Fault[] }) {
  const told = faults.slice(0, TOLD);
  const more = faults.length - told.length;
  return (
    <Box role="status" aria-label="Faults" sx={{ minWidth: 0, fontSize: 13 }}>
      {told.map(({ path, message, source }) => (
        <Typography
          key={`${path.join()} ${message}`}
          variant="body2"
          color="error.main"
          sx={{ fontSize: 13, overflowWrap: 'anywhere' }}
        >
          {path.length > 0 && <code>{fieldOf(path)}</code>} {message}
          {source === 'server' && ' (the server)'}
        </Typography>
      ))}
      {more > 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ fontSize: 13 }}>
          and {more} more
        </Typography>
      )}
    </Box>
  );
}
