import { useApi } from '@backstage/core-plugin-api';
import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';
import { Access } from '../hooks/useAccess';
import { Problem } from './Problem';

/**
 * Stands beside a control that is disabled for want of a permission: which one is missing, who can give it, and a way to ask
 * for it, which notifies the admins of the organization.
 */
export function MissingPermission({ access, permission }: { access: Access; permission: string }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (access.allowed || !access.asked) return null;
  return (
    <>
      <IconButton
        size="small"
        aria-label={`Why you may not ${permission}, and how to ask for it`}
        aria-haspopup="dialog"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <LockIcon sx={{ fontSize: 16 }} />
      </IconButton>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <AskForIt access={access} permission={permission} onClose={() => setAnchor(null)} />
      </Popover>
    </>
  );
}

function AskForIt({ access, permission, onClose }: { access: Access; permission: string; onClose(): void }) {
  const api = useApi(krateApiRef);
  const [note, setNote] = useState('');
  const [state, setState] = useState<{ busy?: boolean; admins?: string[]; error?: Error }>({});
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      const response = await api.request('access-requests', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...access.asked,
          permission: permission.slice(0, 200),
          ...(note && { note: note.slice(0, 500) }),
        }),
      });
      setState({ admins: (await response.json()).admins });
    } catch (error) {
      setState({ error: error as Error });
    }
  };
  return (
    <Box
      component="form"
      onSubmit={ask}
      sx={{ p: 2, width: 340, display: 'grid', gap: 1.5 }}
      role="dialog"
      aria-label="Ask for a permission"
    >
      <Typography sx={{ fontWeight: 600 }}>You may not {permission}</Typography>
      <Typography variant="body2" color="text.secondary">
        {access.reason}
      </Typography>
      {state.error && <Problem error={state.error} title="Nobody was asked" />}
      {state.admins ? (
        <>
          <Typography variant="body2" role="status">
            {state.admins.length > 0
              ? `${state.admins.join(' and ')} can give it, and ${state.admins.length > 1 ? 'have' : 'has'} been told.`
              : 'There is no admin in this organization; ask whoever runs Krate.'}
          </Typography>
          <Button size="small" onClick={onClose}>
            Close
          </Button>
        </>
      ) : (
        <>
          <TextField
            size="small"
            multiline
            label="What for"
            value={note}
            onChange={event => setNote(event.target.value)}
          />
          <Button type="submit" size="small" variant="contained" disabled={state.busy}>
            Ask the admins for it
          </Button>
        </>
      )}
    </Box>
  );
}
