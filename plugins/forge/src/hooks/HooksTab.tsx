import {
  AccessButton,
  EmptyState,
  Problem,
  ResourceTable,
  useAccess,
  useAddressParameter,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { AddWebhookDialog } from './AddWebhookDialog';
import { deliveryColumns } from './deliveryColumns';
import { DeliveryInspector } from './DeliveryInspector';
import { WebhookList } from './WebhookList';

const latestFirst = (a: WebhookDelivery, b: WebhookDelivery) =>
  b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp) ||
  b.metadata.name.localeCompare(a.metadata.name);

/** Who outside is told about a repository, and what they were sent. */
export function HooksTab() {
  const { organization, namespace, repository } = useRepository();
  const access = useAccess('create', WebhookSubscription, namespace);
  const mayRead = useAccess('list', WebhookDelivery, namespace);
  const [adding, setAdding] = useState(false);
  const [shownName, show] = useAddressParameter('delivery');
  const webhooks = useResourceList(WebhookSubscription, { namespace });
  const deliveries = useResourceList(WebhookDelivery, {
    namespace: mayRead?.allowed ? namespace : undefined,
  });
  const own = useMemo(
    () =>
      webhooks.items.filter(
        ({ spec }) => spec.repositories.length === 0 || spec.repositories.includes(repository),
      ),
    [webhooks.items, repository],
  );
  const sent = useMemo(() => {
    const listeners = new Set(own.map(({ metadata }) => metadata.name));
    const items = deliveries.items.filter(
      ({ spec }) =>
        listeners.has(spec.subscription) && (spec.repository === repository || spec.eventType === 'ping'),
    );
    return { ...deliveries, items };
  }, [deliveries, own, repository]);
  const shown = sent.items.find(({ metadata }) => metadata.name === shownName);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
        <AccessButton
          variant="contained"
          size="small"
          access={access}
          permission="add listeners"
          onClick={() => setAdding(true)}
        >
          Add a listener
        </AccessButton>
      </Box>
      {webhooks.error && <Problem error={webhooks.error} title="The listeners could not be read" />}
      <WebhookList webhooks={own} organization={organization} loading={webhooks.loading} />
      {shown && <DeliveryInspector delivery={shown} onClose={() => show('')} />}
      <Typography variant="h6" component="h2">
        Messages
      </Typography>
      {mayRead?.allowed === false ? (
        <EmptyState title="What listeners were sent is for maintainers">{mayRead.reason}</EmptyState>
      ) : (
        <ResourceTable
          label="Messages"
          list={sent}
          columns={deliveryColumns}
          titleColumn="Event"
          rowTitle={({ spec }) => `${spec.eventType} ${spec.resourceRef?.name ?? ''}`}
          rowPath={({ metadata }) => `?delivery=${encodeURIComponent(metadata.name)}`}
          order={latestFirst}
          empty={
            <EmptyState title="Nothing was sent yet">
              Messages appear here with what was sent, what was answered, and a button to send them again.
            </EmptyState>
          }
        />
      )}
      <AddWebhookDialog
        open={adding}
        namespace={namespace}
        repository={repository}
        onClose={() => setAdding(false)}
      />
    </Box>
  );
}
