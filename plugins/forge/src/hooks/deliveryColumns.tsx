import { RelativeTime, StatusChip, TableColumn } from '@krate/plugin-control-plane-react';
import { WebhookDelivery } from '@krate/plugin-forge-common';

const answerOf = ({ status }: WebhookDelivery) =>
  status?.attempts?.at(-1)?.code ?? (status?.response ? String(status.response.status) : '');

/** Columns of what listeners were sent. */
export const deliveryColumns: readonly TableColumn<WebhookDelivery>[] = [
  {
    name: 'Listener',
    width: '130px',
    wideOnly: true,
    render: ({ spec }) => spec.subscription,
    text: ({ spec }) => spec.subscription,
  },
  {
    name: 'State',
    width: '120px',
    render: ({ status }) => <StatusChip status={status?.phase ?? 'Pending'} />,
    text: ({ status }) => status?.phase ?? '',
  },
  { name: 'Answer', width: '120px', render: answerOf, text: answerOf },
  {
    name: 'Attempts',
    width: '90px',
    align: 'right',
    wideOnly: true,
    render: ({ status }) => status?.attemptCount,
  },
  {
    name: 'Latency',
    width: '90px',
    align: 'right',
    wideOnly: true,
    render: ({ status }) => status?.latencyMs !== undefined && `${status.latencyMs} ms`,
  },
  {
    name: 'When',
    width: '100px',
    render: ({ metadata }) => <RelativeTime time={metadata.creationTimestamp} />,
  },
];
