import { useApi } from '@backstage/core-plugin-api';
import { AccessButton, krateApiRef, useAccess } from '@krate/plugin-control-plane-react';
import { WebhookSubscription } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Snackbar from '@mui/material/Snackbar';
import { useState } from 'react';

/** A ping, and whether it is told anything at all; what can be undone is not asked about. */
export function WebhookActions({ webhook }: { webhook: WebhookSubscription }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = webhook.metadata;
  const mayTest = useAccess('test', WebhookSubscription, namespace, name);
  const mayChange = useAccess('update', WebhookSubscription, namespace, name);
  const [said, setSaid] = useState('');
  const set = (spec: Record<string, unknown>, done: string) =>
    api.patch(WebhookSubscription, namespace, name, { spec }).then(
      () => setSaid(done),
      error => setSaid(error.message),
    );
  const { active } = webhook.spec;
  const disabled = webhook.status?.phase === 'Disabled';
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <AccessButton
        size="small"
        access={mayTest}
        permission="test listeners"
        blocked={active ? undefined : 'It is paused.'}
        onClick={() => set({ test: { id: crypto.randomUUID() } }, 'A ping is on its way')}
      >
        {disabled ? 'Enable and send a ping' : 'Send a ping'}
      </AccessButton>
      <AccessButton
        size="small"
        access={mayChange}
        permission="change listeners"
        onClick={() => set({ active: !active }, active ? 'It is paused' : 'It is active again')}
      >
        {active ? 'Pause' : 'Resume'}
      </AccessButton>
      <Snackbar open={said !== ''} message={said} autoHideDuration={6000} onClose={() => setSaid('')} />
    </Box>
  );
}
