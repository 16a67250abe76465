import { useApi } from '@backstage/core-plugin-api';
import { Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  CopyField,
  krateApiRef,
  Problem,
  Section,
  useAccess,
  useUndo,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';

type Spec = Organization['spec'];
type Settings = Pick<
  Spec,
  'displayName' | 'description' | 'defaultVisibility' | 'requireSecondApprover' | 'budgetLimitUsd'
>;

const VISIBILITIES: Record<Spec['defaultVisibility'], string> = {
  private: 'private: every member of the organization',
  internal: 'internal: members of every organization here',
  public: 'public: anyone may clone',
};

/** What an admin may set. Only the fields that were changed are written, so that others' changes stay. */
export function SettingsForm({ organization }: { organization: Organization }) {
  const api = useApi(krateApiRef);
  const { name } = organization.metadata;
  const access = useAccess('update', Organization, PLATFORM_NAMESPACE, name);
  const { announce, bar } = useUndo();
  const [changes, setChanges] = useState<Partial<Settings>>({});
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const shown = { ...organization.spec, ...changes };
  const set = (change: Partial<Settings>) => setChanges(before => ({ ...before, ...change }));
  const changed = Object.entries(changes).some(
    ([field, value]) => (organization.spec as Record<string, unknown>)[field] !== value,
  );
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    const before = Object.fromEntries(
      Object.keys(changes).map(field => [
        field,
        (organization.spec as Record<string, unknown>)[field] ?? null,
      ]),
    );
    const write = (spec: object) => api.patch(Organization, PLATFORM_NAMESPACE, name, { spec });
    try {
      await write(
        Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, value ?? null])),
      );
      setChanges({});
      setState({ busy: false });
      announce({ message: 'The settings are saved', undo: () => write(before) });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  const locked = !access?.allowed;
  return (
    <Section title="Settings">
      <Box component="form" onSubmit={save} sx={{ display: 'grid', gap: 2 }}>
        <CopyField label="the identity" value={`Organization/${name}`} />
        <TextField
          required
          size="small"
          label="Name people read"
          value={shown.displayName}
          disabled={locked}
          onChange={event => set({ displayName: event.target.value })}
        />
        <TextField
          multiline
          minRows={2}
          size="small"
          label="What it is for"
          value={shown.description ?? ''}
          disabled={locked}
          onChange={event => set({ description: event.target.value || undefined })}
        />
        <TextField
          select
          size="small"
          label="Visibility of new repositories"
          value={shown.defaultVisibility}
          disabled={locked}
          onChange={event => set({ defaultVisibility: event.target.value as Spec['defaultVisibility'] })}
        >
          {Object.entries(VISIBILITIES).map(([value, words]) => (
            <MenuItem key={value} value={value}>
              {words}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          size="small"
          type="number"
          label="Budget of a month"
          value={shown.budgetLimitUsd ?? ''}
          disabled={locked}
          onChange={event =>
            set({ budgetLimitUsd: event.target.value === '' ? undefined : Number(event.target.value) })
          }
          helperText="US dollars for all runs together, counted from the first of the month (UTC). Empty: no limit."
          inputProps={{ min: 0, step: 'any' }}
        />
        <Box>
          <FormControlLabel
            control={
              <Checkbox
                checked={shown.requireSecondApprover}
                disabled={locked}
                onChange={event => set({ requireSecondApprover: event.target.checked })}
              />
            }
            label="Two people for what an agent did"
          />
          <FormHelperText sx={{ mt: 0, ml: 4 }}>
            Whoever dispatched a run approves neither its requests nor its pull request.
          </FormHelperText>
        </Box>
        {state.error && <Problem error={state.error} title="The settings were not saved" />}
        <Box>
          <AccessButton
            type="submit"
            variant="contained"
            access={access}
            permission={`change the settings of ${name}`}
            disabled={!changed || state.busy || !shown.displayName}
          >
            Save
          </AccessButton>
        </Box>
      </Box>
      {bar}
    </Section>
  );
}
