import {
  EmptyState,
  explorerPath,
  Facts,
  Link,
  MONOSPACE,
  RelativeTime,
  Section,
  SkeletonRows,
  StatusChip,
} from '@krate/plugin-control-plane-react';
import { WebhookSubscription } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import { WebhookActions } from './WebhookActions';

/** Those who are told about a repository, and how they are doing. */
export function WebhookList({
  webhooks,
  organization,
  loading,
}: {
  webhooks: readonly WebhookSubscription[];
  organization: string;
  loading: boolean;
}) {
  if (loading) return <SkeletonRows rows={3} />;
  if (webhooks.length === 0)
    return (
      <EmptyState title="Nobody is told yet">
        A listener is an address outside that gets a signed message for each event: a chat, a deployment, a
        program of yours.
      </EmptyState>
    );
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {webhooks.map(webhook => (
        <Webhook key={webhook.metadata.uid} webhook={webhook} organization={organization} />
      ))}
    </Box>
  );
}

function Webhook({ webhook, organization }: { webhook: WebhookSubscription; organization: string }) {
  const { metadata, spec, status } = webhook;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return (
    <Section title={metadata.name} action={<WebhookActions webhook={webhook} />}>
      <Facts
        facts={[
          ['State', <StatusChip key="state" status={status?.phase ?? 'Pending'} title={ready?.message} />],
          ['Why', ready?.status === 'False' && ready.message],
          [
            'Address',
            <Box
              key="url"
              component="code"
              sx={{ fontFamily: MONOSPACE, fontSize: 12, overflowWrap: 'anywhere' }}
            >
              {spec.url}
            </Box>,
          ],
          ['Events', spec.events.join(', ')],
          ['Signed with', spec.signing?.secretRef.name ?? 'nothing'],
          ['Last success', status?.lastSuccessAt && <RelativeTime key="ok" time={status.lastSuccessAt} />],
          ['Failing since', status?.failingSince && <RelativeTime key="no" time={status.failingSince} />],
          [
            'Events missed',
            status?.eventsMissedAt && <RelativeTime key="missed" time={status.eventsMissedAt} />,
          ],
          [
            'Resource',
            <Link key="resource" to={explorerPath(organization, WebhookSubscription.plural, metadata.name)}>
              {metadata.name}
            </Link>,
          ],
        ]}
      />
    </Section>
  );
}
