import { useApi } from '@backstage/core-plugin-api';
import { User } from '@krate/plugin-control-plane-common';
import { krateApiRef, Problem, Section, useAccess, useResourceList } from '@krate/plugin-control-plane-react';
import { Issue, KrateProject } from '@krate/plugin-forge-common';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

type Spec = Issue['spec'];

/** What an issue is sorted by. Each change is written at once. */
export function IssueFacts({ issue }: { issue: Issue }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = issue.metadata;
  const { spec } = issue;
  const access = useAccess('update', Issue, namespace, name);
  const [error, setError] = useState<Error>();
  const users = useResourceList(User, { namespace });
  const projects = useResourceList(KrateProject, { namespace });
  const issues = useResourceList(Issue, { namespace });
  const locked = access?.allowed !== true;
  const set = (change: Partial<Record<keyof Spec, unknown>>) => {
    setError(undefined);
    api.patch(Issue, namespace, name, { spec: change }).catch(setError);
  };
  const names = (items: readonly { metadata: { name: string } }[]) => items.map(item => item.metadata.name);
  const labels = [...new Set(issues.items.flatMap(one => one.spec.labels))].sort();
  return (
    <Section title="Facts">
      <Box sx={{ display: 'grid', gap: 2 }}>
        {error && <Problem error={error} title="It was not changed" />}
        <Many
          label="Assignees"
          value={spec.assignees}
          options={names(users.items)}
          disabled={locked}
          onChange={assignees => set({ assignees })}
        />
        <Many
          label="Labels"
          free
          value={spec.labels}
          options={labels}
          disabled={locked}
          onChange={value => set({ labels: value })}
        />
        <Many
          label="Projects"
          value={spec.projectRefs}
          options={names(projects.items)}
          disabled={locked}
          onChange={projectRefs => set({ projectRefs })}
        />
        <Many
          label="Waits for"
          value={spec.blockedBy}
          options={names(issues.items).filter(one => one !== name)}
          disabled={locked}
          onChange={blockedBy => set({ blockedBy })}
        />
        <TextField
          select
          size="small"
          label="Priority"
          value={spec.priority}
          disabled={locked}
          onChange={event => set({ priority: event.target.value })}
        >
          {['none', 'low', 'medium', 'high', 'urgent'].map(value => (
            <MenuItem key={value} value={value}>
              {value}
            </MenuItem>
          ))}
        </TextField>
        <Text
          label="Milestone"
          value={spec.milestone ?? ''}
          disabled={locked}
          onChange={milestone => set({ milestone })}
        />
      </Box>
    </Section>
  );
}

function Many({
  label,
  value,
  options,
  free = false,
  disabled,
  onChange,
}: {
  label: string;
  value: readonly string[];
  options: readonly string[];
  /** Words that nobody used yet are fine, too. */
  free?: boolean;
  disabled: boolean;
  onChange(value: string[]): void;
}) {
  return (
    <Autocomplete
      multiple
      size="small"
      freeSolo={free}
      disabled={disabled}
      value={[...value]}
      options={[...new Set([...options, ...value])]}
      onChange={(_, next) => onChange(next as string[])}
      renderInput={parameters => <TextField {...parameters} label={label} />}
    />
  );
}

/** A text that is written when one leaves it. */
function Text({
  label,
  value,
  disabled,
  onChange,
}: {
  label: string;
  value: string;
  disabled: boolean;
  onChange(value: string | null): void;
}) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextField
      size="small"
      label={label}
      value={typed ?? value}
      disabled={disabled}
      onChange={event => setTyped(event.target.value)}
      onBlur={() => {
        if (typed !== undefined && typed !== value) onChange(typed.trim() || null);
        setTyped(undefined);
      }}
    />
  );
}
