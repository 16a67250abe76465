import { useApi } from '@backstage/core-plugin-api';
import {
  EmptyState,
  krateApiRef,
  Problem,
  Section,
  SkeletonRows,
  StatusChip,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { AccessFrame } from './AccessFrame';

interface ProviderState {
  id: string;
  title: string;
  works: boolean;
  message: string;
}

/** The ways to sign in that the installation has, and whether each works now. */
export function SignInTab() {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ items?: ProviderState[]; error?: Error }>({});
  const load = useCallback(
    () =>
      api
        .request('sign-in/status')
        .then(response => response.json())
        .then(
          ({ items }) => setState({ items }),
          error => setState({ error }),
        ),
    [api],
  );
  useEffect(() => void load(), [load]);
  const { items, error } = state;
  return (
    <AccessFrame tab="sign-in">
      {error && <Problem error={error} title="The ways to sign in could not be read" onRetry={load} />}
      {(items || !error) && <Ways items={items} />}
      <Typography variant="body2" color="text.secondary" sx={{ mt: 2 }}>
        Whoever runs Krate adds a provider in the app-config, below <code>auth.providers</code>; the objects
        of kind AuthProvider in <code>krate-system</code> say what each one lacks.
      </Typography>
    </AccessFrame>
  );
}

function Ways({ items }: { items?: readonly ProviderState[] }) {
  return (
    <Section title="Ways to sign in" flush>
      {!items && <SkeletonRows rows={3} height={56} />}
      {items?.length === 0 && (
        <EmptyState title="Nobody can sign in">
          The app-config names no provider below <code>auth.providers</code>.
        </EmptyState>
      )}
      {items?.map(({ id, title, works, message }, index) => (
        <Box
          key={id}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 2,
            px: 2,
            py: 1,
            borderTop: index ? 1 : 0,
            borderColor: 'divider',
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {title}
            </Typography>
            <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
              {message}
            </Typography>
          </Box>
          <Box sx={{ ml: 'auto' }}>
            <StatusChip status={works ? 'Ready' : 'Error'} title={message} />
          </Box>
        </Box>
      ))}
    </Section>
  );
}
