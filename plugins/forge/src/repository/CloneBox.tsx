import { CopyField } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** How to get the repository onto one's machine. git asks the krate command for the token, so that none is in an address. */
export function CloneBox({ cloneUrl }: { cloneUrl: string | undefined }) {
  if (!cloneUrl) {
    return (
      <Typography variant="body2" color="text.secondary">
        The repository is being made; its address appears here.
      </Typography>
    );
  }
  const { origin } = new URL(cloneUrl);
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <CopyField boxed label="the clone command" value={`git clone ${cloneUrl}`} />
      <Typography variant="caption" color="text.secondary">
        Once per machine, so that git signs in as you:
      </Typography>
      <CopyField
        boxed
        label="the credential setting"
        value={`git config --global credential.${origin}.helper '!krate git-credential'`}
      />
    </Box>
  );
}
