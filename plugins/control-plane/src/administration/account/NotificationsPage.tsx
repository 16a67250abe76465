import { EmptyState, Problem, Section, SkeletonRows } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { AccountFrame } from './AccountFrame';
import { NotificationSettings, Place, useNotificationSettings } from './useNotificationSettings';

/** What each topic of Krate is about, and when one hears of it. */
const TOPICS: Record<string, { title: string; words: string }> = {
  approvals: { title: 'Approvals', words: 'A run waits for a decision that you may take.' },
  runs: { title: 'Runs', words: 'A run you asked for has ended.' },
  issues: {
    title: 'Issues',
    words: 'An issue is yours, or one you take part in was commented on or closed.',
  },
  access: { title: 'Permissions', words: 'Somebody asks for a permission that you can give.' },
};

interface Line {
  origin: string;
  topic?: string;
  title: string;
  words?: string;
}

/** Every topic of every origin once; an origin without topics is a line by itself. */
export function linesOf({ channels }: NotificationSettings): Line[] {
  const lines = new Map<string, Line>();
  for (const { origins } of channels) {
    for (const { id: origin, topics } of origins) {
      for (const topic of topics?.length ? topics.map(({ id }) => id) : [undefined]) {
        const title = topic ?? origin.replace(/^plugin:/, '');
        const own = origin === 'plugin:krate' && topic ? TOPICS[topic] : undefined;
        lines.set(`${origin}\n${topic}`, { origin, topic, title, ...own });
      }
    }
  }
  return [...lines.values()].sort((a, b) => Number(Boolean(b.words)) - Number(Boolean(a.words)));
}

/** What the reader is told of, and over which channel. The sending side asks these preferences before it sends. */
export function NotificationsPage() {
  const { settings, error, set, reload } = useNotificationSettings();
  const lines = settings ? linesOf(settings) : [];
  return (
    <AccountFrame tab="notifications">
      {error && (
        <Problem error={error} title="Your preferences could not be read or saved" onRetry={reload} />
      )}
      <Section title="Tell me" flush>
        {!settings && !error && <SkeletonRows rows={4} />}
        {settings && lines.length === 0 && (
          <EmptyState title="There is nothing to choose from yet">
            What you are told of appears here with the first notification.
          </EmptyState>
        )}
        {settings && lines.length > 0 && <Matrix settings={settings} lines={lines} onChange={set} />}
      </Section>
    </AccountFrame>
  );
}

function Matrix({
  settings,
  lines,
  onChange,
}: {
  settings: NotificationSettings;
  lines: readonly Line[];
  onChange(place: Place, enabled: boolean): void;
}) {
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label="Notification preferences">
        <TableHead>
          <TableRow>
            <TableCell>When</TableCell>
            {settings.channels.map(({ id }) => (
              <TableCell key={id} align="center">
                {id === 'Web' ? 'In the portal' : id}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map(line => (
            <TableRow key={`${line.origin} ${line.topic}`}>
              <TableCell component="th" scope="row">
                <Box sx={{ fontWeight: 600 }}>{line.title}</Box>
                {line.words && <Box sx={{ color: 'text.secondary' }}>{line.words}</Box>}
              </TableCell>
              {settings.channels.map(channel => {
                const value = enabledAt(channel.origins, line);
                return (
                  <TableCell key={channel.id} align="center">
                    <Switch
                      checked={value ?? false}
                      disabled={value === undefined}
                      inputProps={{ 'aria-label': `${line.title}: ${channel.id}` }}
                      onChange={event =>
                        onChange(
                          { channel: channel.id, origin: line.origin, topic: line.topic },
                          event.target.checked,
                        )
                      }
                    />
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function enabledAt(
  origins: NotificationSettings['channels'][number]['origins'],
  { origin, topic }: Line,
): boolean | undefined {
  const found = origins.find(({ id }) => id === origin);
  return topic === undefined ? found?.enabled : found?.topics?.find(({ id }) => id === topic)?.enabled;
}
