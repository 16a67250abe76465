import { CopyField, Link, organizationPath, useRepository } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

/**
 * How to get the repository onto one's machine. Over HTTPS git asks the krate command for the token, so that none is in an
 * address; over SSH it needs a registered key.
 */
export function CloneBox({ cloneUrl, sshUrl }: { cloneUrl: string | undefined; sshUrl?: string }) {
  const [by, setBy] = useState<'https' | 'ssh'>('https');
  if (!cloneUrl) {
    return (
      <Typography variant="body2" color="text.secondary">
        The repository is being made; its address appears here.
      </Typography>
    );
  }
  const overSsh = by === 'ssh' && sshUrl;
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {sshUrl && (
        <ToggleButtonGroup
          size="small"
          exclusive
          value={by}
          onChange={(_, value) => value && setBy(value)}
          aria-label="Clone by"
        >
          <ToggleButton value="https" sx={{ py: 0.25 }}>
            HTTPS
          </ToggleButton>
          <ToggleButton value="ssh" sx={{ py: 0.25 }}>
            SSH
          </ToggleButton>
        </ToggleButtonGroup>
      )}
      <CopyField boxed label="the clone command" value={`git clone ${overSsh ? sshUrl : cloneUrl}`} />
      {overSsh ? <SshHint /> : <CredentialHint origin={new URL(cloneUrl).origin} />}
    </Box>
  );
}

function CredentialHint({ origin }: { origin: string }) {
  return (
    <>
      <Typography variant="caption" color="text.secondary">
        Once per machine, so that git signs in as you:
      </Typography>
      <CopyField
        boxed
        label="the credential setting"
        value={`git config --global credential.${origin}.helper '!krate git-credential'`}
      />
    </>
  );
}

function SshHint() {
  const { organization } = useRepository();
  return (
    <Typography variant="caption" color="text.secondary">
      It needs a key of yours; <Link to={organizationPath(organization, 'keys')}>add one under SSH keys</Link>
      .
    </Typography>
  );
}
