import { useApi } from '@backstage/core-plugin-api';
import { KindInfo, krateApiRef, Problem, StatusChip } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, useEffect, useState } from 'react';
import { BulkAction, BulkItem, checkAll, runAll } from './bulk';
import { parseLabelChanges } from './labelChanges';

/** Longer lists are told in numbers; what is denied or failed is always told by name first. */
const NAMED = 100;

const STATE: Record<BulkItem['state'], string> = {
  checking: 'Pending',
  ready: 'Ready',
  denied: 'Denied',
  running: 'Running',
  done: 'Succeeded',
  failed: 'Failed',
};

/** Deletes or labels many objects: who may not is told before, what came of each one after. */
export function BulkDialog({
  type,
  kind,
  objects,
  onClose,
}: {
  type: BulkAction['type'];
  kind: KindInfo;
  /** As they were when the dialog opened. */
  objects: readonly Resource[];
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const [items, setItems] = useState<readonly BulkItem[]>(() =>
    objects.map(object => ({ object, state: 'checking' })),
  );
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<Error>();
  const tell = (index: number, change: Partial<BulkItem>) =>
    setItems(before => before.map((item, at) => (at === index ? { ...item, ...change } : item)));
  useEffect(() => {
    checkAll(api, kind, type, objects, tell).catch(setError);
  }, [api, kind, type, objects]);

  const count = (...states: BulkItem['state'][]) =>
    items.filter(({ state }) => states.includes(state)).length;
  const able = count('ready', 'failed');
  const running = count('running') > 0;
  const finished = count('done') > 0 && !running && able === 0;
  const changes = parseLabelChanges(typed);
  const confirmed = type === 'delete' ? typed === confirmationOf(objects) : changes.labels !== undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!confirmed || running) return;
    await runAll(api, kind, type === 'delete' ? { type } : { type, labels: changes.labels! }, items, tell);
  };
  return (
    <Dialog open onClose={running ? undefined : onClose} aria-labelledby="bulk-title" maxWidth="sm" fullWidth>
      <form onSubmit={submit}>
        <DialogTitle id="bulk-title">
          {type === 'delete' ? 'Delete' : 'Label'} {namesOf(kind, objects.length)}
        </DialogTitle>
        <DialogContent>
          {running && <LinearProgress aria-label="Progress" sx={{ mb: 1 }} />}
          <Typography variant="body2" color="text.secondary" role="status" sx={{ mb: 1.5 }}>
            {summaryOf(items, type)}
          </Typography>
          <BulkList items={items} />
          {!finished && able > 0 && (
            <TextField
              // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
              autoFocus
              fullWidth
              size="small"
              autoComplete="off"
              value={typed}
              disabled={running}
              onChange={event => setTyped(event.target.value)}
              error={type === 'label' && Boolean(changes.problem)}
              label={type === 'delete' ? `Type ${confirmationOf(objects)} to confirm` : 'Labels'}
              helperText={
                type === 'label'
                  ? (changes.problem ?? 'key=value sets a label, key- takes it away.')
                  : undefined
              }
              sx={{ mt: 2 }}
            />
          )}
          {error && <Problem error={error} title="It could not be found out what you may do" />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={running}>
            {finished ? 'Close' : 'Cancel'}
          </Button>
          {!finished && (
            <Button
              type="submit"
              variant="contained"
              color={type === 'delete' ? 'error' : 'primary'}
              disabled={!confirmed || running || able === 0}
            >
              {type === 'delete' ? 'Delete' : 'Label'} {able > 0 ? able.toLocaleString('en') : ''}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}

function BulkList({ items }: { items: readonly BulkItem[] }) {
  const rank = ({ state }: BulkItem) => ['failed', 'denied'].indexOf(state) + 1 || 3;
  const named = [...items].sort((a, b) => rank(a) - rank(b)).slice(0, NAMED);
  return (
    <Box
      component="ul"
      aria-label="Objects"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={0}
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        maxHeight: 300,
        overflow: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
      }}
    >
      {named.map(({ object, state, reason }) => (
        <Box
          component="li"
          key={object.metadata.uid}
          sx={{ px: 1.5, py: 0.75, fontSize: 13, '& + &': { borderTop: 1, borderColor: 'divider' } }}
        >
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
              {object.metadata.name}
            </Box>
            <Box sx={{ ml: 'auto' }}>
              <StatusChip status={STATE[state]} />
            </Box>
          </Box>
          {reason && (
            <Typography variant="caption" color="text.secondary" component="p">
              {reason}
            </Typography>
          )}
        </Box>
      ))}
      {items.length > NAMED && (
        <Box component="li" sx={{ px: 1.5, py: 0.75, fontSize: 13, color: 'text.secondary' }}>
          and {(items.length - NAMED).toLocaleString('en')} more
        </Box>
      )}
    </Box>
  );
}

function summaryOf(items: readonly BulkItem[], type: BulkAction['type']): string {
  const count = (...states: BulkItem['state'][]) =>
    items.filter(({ state }) => states.includes(state)).length;
  const parts = [
    [count('checking'), 'to be checked'],
    [count('ready', 'running'), type === 'delete' ? 'will be deleted' : 'will be labelled'],
    [count('denied'), 'you may not change'],
    [count('done'), type === 'delete' ? 'deleted' : 'labelled'],
    [count('failed'), 'failed'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number.toLocaleString('en')} ${words}`)
    .join(' · ');
}

function confirmationOf(objects: readonly Resource[]): string {
  return objects.length === 1 ? objects[0].metadata.name : `delete ${objects.length}`;
}

function namesOf(kind: KindInfo, count: number): string {
  return count === 1 ? `1 ${kind.kind}` : `${count.toLocaleString('en')} ${kind.plural}`;
}
