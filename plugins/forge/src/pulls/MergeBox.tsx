import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  CopyField,
  krateApiRef,
  Problem,
  RelativeTime,
  Section,
  StatusChip,
  useAccess,
} from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import MetIcon from '@mui/icons-material/CheckCircleOutlined';
import UnmetIcon from '@mui/icons-material/HighlightOffOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { branchOf, shortSha } from '../api/links';
import { Gate, gateWords, MergeState, mergeStateOf } from './mergeState';

type Method = 'merge' | 'squash' | 'rebase';
const METHODS: Record<Method, string> = {
  merge: 'Merge commit',
  squash: 'Squash into one commit',
  rebase: 'Rebase onto the target',
};

/** Every gate, met or not; and the merge of exactly the head one has looked at. */
export function MergeBox({
  pull,
  namespace,
  organization,
}: {
  pull: PullRequest;
  namespace: string;
  organization: string;
}) {
  const state = mergeStateOf(pull);
  if (state.kind === 'merged') return <Merged state={state} target={branchOf(pull.spec.targetRef)} />;
  if (state.kind === 'closed') {
    return (
      <Section title="Merge">
        <Typography variant="body2">Closed without a merge. Its branch and its review remain.</Typography>
      </Section>
    );
  }
  return (
    <Section title="Merge">
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Gates gates={pull.status?.gates} />
        {'refused' in state && state.refused && (
          <Alert severity="warning">The last merge was refused: {state.refused}</Alert>
        )}
        <MergeForm pull={pull} state={state} namespace={namespace} organization={organization} />
      </Box>
    </Section>
  );
}

function Gates({ gates }: { gates: readonly Gate[] | undefined }) {
  if (!gates)
    return (
      <Typography variant="body2" color="text.secondary">
        Finding out whether it can be merged…
      </Typography>
    );
  return (
    <Box component="ul" aria-label="Gates" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
      {gates.map(gate => {
        const Icon = gate.met ? MetIcon : UnmetIcon;
        return (
          <Box component="li" key={gate.name} sx={{ display: 'flex', gap: 1, fontSize: 13 }}>
            <Icon
              titleAccess={gate.met ? 'Met' : 'Not met'}
              color={gate.met ? 'success' : 'error'}
              sx={{ fontSize: 18, flexShrink: 0, mt: '1px' }}
            />
            <span>
              <strong>{gateWords(gate)}</strong>
              {gate.message && (
                <Box component="span" sx={{ color: 'text.secondary', display: 'block' }}>
                  {gate.message}
                </Box>
              )}
            </span>
          </Box>
        );
      })}
    </Box>
  );
}

interface MergeFormProps {
  pull: PullRequest;
  state: MergeState;
  namespace: string;
  organization: string;
}

/** Why the button cannot be pressed at the moment, besides permission. */
function blockedBy(state: MergeState): string | undefined {
  if (state.kind === 'merging') return 'The merge is under way.';
  if (state.kind === 'computing') return 'Krate is still finding out whether it can be merged.';
  if (state.kind !== 'blocked') return undefined;
  return `Not yet: ${state.unmet.map(gate => gate.message || gateWords(gate)).join(' · ')}`;
}

function MergeForm({ pull, state, namespace, organization }: MergeFormProps) {
  const api = useApi(krateApiRef);
  const access = useAccess('merge', PullRequest, namespace, pull.metadata.name);
  const [method, setMethod] = useState<Method>('merge');
  const [sending, setSending] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const busy = state.kind === 'merging' || sending.busy;

  const merge = async () => {
    if (state.kind !== 'ready') return;
    setSending({ busy: true });
    try {
      await api.patch(PullRequest, namespace, pull.metadata.name, {
        spec: { merge: { method, expectedHeadSha: state.headSha } },
      });
      setSending({ busy: false });
    } catch (error) {
      setSending({ busy: false, error: error as Error });
    }
  };
  return (
    <>
      <TextField
        select
        size="small"
        label="How"
        value={method}
        disabled={busy}
        onChange={event => setMethod(event.target.value as Method)}
      >
        {Object.entries(METHODS).map(([value, label]) => (
          <MenuItem key={value} value={value}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      <AccessButton
        id="merge-button"
        fullWidth
        variant="contained"
        access={access}
        permission={`merge pull requests of ${organization}/${pull.spec.repository}`}
        blocked={sending.busy ? 'The merge is being asked for.' : blockedBy(state)}
        startIcon={busy ? <CircularProgress size={16} color="inherit" /> : undefined}
        onClick={merge}
      >
        {busy ? 'Merging' : `Merge into ${branchOf(pull.spec.targetRef)}`}
      </AccessButton>
      {state.kind === 'ready' && (
        <Typography variant="caption" color="text.secondary">
          Merges exactly {shortSha(state.headSha)}; if the branch moves first, nothing is merged.
        </Typography>
      )}
      {sending.error && <Problem error={sending.error} title="The merge was not accepted" />}
    </>
  );
}

function Merged({ state, target }: { state: Extract<MergeState, { kind: 'merged' }>; target: string }) {
  return (
    <Section title="Merge" action={<StatusChip status="Merged" />}>
      <Typography variant="body2" sx={{ mb: 1 }}>
        Merged into {target}
        {state.by && ` by ${state.by}`} <RelativeTime time={state.at} />.
      </Typography>
      {state.commit && <CopyField label="the merge commit" value={state.commit} />}
    </Section>
  );
}
