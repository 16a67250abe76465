import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  Facts,
  krateApiRef,
  MONOSPACE,
  Problem,
  RelativeTime,
  Section,
  StatusChip,
  useAccess,
} from '@krate/plugin-control-plane-react';
import { WebhookDelivery } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

type Attempt = NonNullable<NonNullable<WebhookDelivery['status']>['attempts']>[number];

/** A message: what was sent, each answer, and the way to send it once more. */
export function DeliveryInspector({ delivery, onClose }: { delivery: WebhookDelivery; onClose(): void }) {
  const { spec, status, metadata } = delivery;
  return (
    <Section title={metadata.name} action={<Replay delivery={delivery} onClose={onClose} />}>
      <Facts
        facts={[
          ['State', <StatusChip key="state" status={status?.phase ?? 'Pending'} />],
          ['Event', spec.eventType],
          ['Id', <code key="id">{spec.eventId}</code>],
          ['About', spec.resourceRef && `${spec.resourceRef.kind}/${spec.resourceRef.name}`],
          ['Next attempt', status?.nextAttemptAt && <RelativeTime key="next" time={status.nextAttemptAt} />],
          ['Repeats', spec.replayOf],
          ['Repeated as', status?.replayedAs],
        ]}
      />
      {(status?.attempts ?? []).map((attempt, index) => (
        <AttemptPart key={attempt.at} attempt={attempt} number={index + 1} />
      ))}
      <Text title="Message" text={pretty(spec.payload ?? '')} />
    </Section>
  );
}

function Replay({ delivery, onClose }: { delivery: WebhookDelivery; onClose(): void }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = delivery.metadata;
  const access = useAccess('replay', WebhookDelivery, namespace, name);
  const [error, setError] = useState<Error>();
  const ended = delivery.status?.phase === 'Delivered' || delivery.status?.phase === 'Failed';
  const blocked = delivery.spec.replay ? 'It was sent again.' : undefined;
  const replay = () =>
    api
      .patch(WebhookDelivery, namespace, name, { spec: { replay: { reason: 'asked for in the portal' } } })
      .then(() => setError(undefined), setError);
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
      {error && <Problem error={error} />}
      <AccessButton
        size="small"
        access={access}
        permission="send messages again"
        blocked={ended ? blocked : 'It is still being sent.'}
        onClick={replay}
      >
        Send again
      </AccessButton>
      <Button size="small" onClick={onClose}>
        Close
      </Button>
    </Box>
  );
}

function AttemptPart({ attempt, number }: { attempt: Attempt; number: number }) {
  const { at, status, latencyMs, error, address, requestHeaders, responseHeaders, responseBody } = attempt;
  return (
    <Box sx={{ mt: 2, pl: 1.5, borderLeft: 2, borderColor: 'divider', minWidth: 0 }}>
      <Typography variant="body2">
        <strong>Attempt {number}</strong>: {error ?? `answered ${status}`}
        {latencyMs !== undefined && ` after ${latencyMs} ms`}
        {address && `, at ${address}`} · <RelativeTime time={at} />
      </Typography>
      {requestHeaders && <Text title="Sent headers" text={headersOf(requestHeaders)} />}
      {responseHeaders && <Text title="Answered headers" text={headersOf(responseHeaders)} />}
      {responseBody && <Text title="Answer" text={responseBody} />}
    </Box>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <Box component="details" sx={{ mt: 1, '& summary': { cursor: 'pointer', fontSize: 13 } }}>
      <summary>{title}</summary>
      <Box
        component="pre"
        sx={{
          fontFamily: MONOSPACE,
          fontSize: 12,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          bgcolor: 'background.default',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          p: 1.5,
          m: 0,
          mt: 0.5,
        }}
      >
        {text}
      </Box>
    </Box>
  );
}

function headersOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
