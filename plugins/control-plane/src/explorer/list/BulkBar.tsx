import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';

/** What can be done with the selected rows; it stays in view at the foot of the page. */
export function BulkBar({
  count,
  onLabel,
  onDelete,
  onClear,
}: {
  count: number;
  onLabel(): void;
  onDelete(): void;
  onClear(): void;
}) {
  return (
    <Paper
      role="region"
      aria-label="Selected rows"
      elevation={6}
      sx={{
        position: 'sticky',
        bottom: 16,
        zIndex: 2,
        mt: 2,
        mx: 'auto',
        width: 'fit-content',
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 2,
        py: 1,
        border: 1,
        borderColor: 'divider',
      }}
    >
      <Typography variant="body2" role="status" sx={{ fontWeight: 600, mr: 1 }}>
        {count.toLocaleString('en')} selected
      </Typography>
      <Button size="small" variant="outlined" onClick={onLabel}>
        Label…
      </Button>
      <Button size="small" variant="outlined" color="error" onClick={onDelete}>
        Delete…
      </Button>
      <Box sx={{ borderLeft: 1, borderColor: 'divider', alignSelf: 'stretch' }} />
      <Button size="small" color="inherit" onClick={onClear}>
        Clear
      </Button>
    </Paper>
  );
}
