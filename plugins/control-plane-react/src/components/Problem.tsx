import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { ApiError } from '@krate/resource-model';

/** What failed, at which fields, and what to do: refusals of the server in the server's own words. */
export function Problem({ error, title, onRetry }: { error: Error; title?: string; onRetry?(): void }) {
  const causes = error instanceof ApiError ? (error.details.causes ?? []) : [];
  return (
    <Alert
      severity="error"
      sx={{ my: 1 }}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {title && <AlertTitle>{title}</AlertTitle>}
      {error.message}
      {causes.length > 0 && (
        <ul style={{ margin: '4px 0 0', paddingLeft: 20 }}>
          {causes.map(cause => (
            <li key={`${cause.field}${cause.message}`}>
              {cause.field && <code>{cause.field}</code>} {cause.message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
