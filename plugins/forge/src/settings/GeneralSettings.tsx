import { useApi } from '@backstage/core-plugin-api';
import { AccessButton, krateApiRef, Problem, Section, useAccess } from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';
import { VISIBILITIES } from '../repository/visibilities';

/** Description, visibility, default branch and topics. What is being written is not overwritten by what comes in. */
export function GeneralSettings({ repository }: { repository: Repository }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = repository.metadata;
  const access = useAccess('update', Repository, namespace, name);
  const { spec } = repository;
  const present = {
    description: spec.description ?? '',
    visibility: spec.visibility ?? 'private',
    defaultBranch: spec.defaultBranch,
    topics: (spec.topics ?? []).join(', '),
  };
  const [edited, setEdited] = useState<Partial<typeof present>>({});
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const fields = { ...present, ...edited };
  const changed = JSON.stringify(fields) !== JSON.stringify(present);
  const text = (field: keyof typeof present) => ({
    size: 'small' as const,
    value: fields[field],
    onChange: (event: { target: { value: string } }) => setEdited({ ...edited, [field]: event.target.value }),
  });

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    const topics = fields.topics.split(/[\s,]+/).filter(Boolean);
    try {
      await api.patch(Repository, namespace, name, {
        spec: { ...fields, description: fields.description || null, topics },
      });
      setEdited({});
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Section title="General">
      <Box component="form" onSubmit={save} sx={{ display: 'grid', gap: 2 }}>
        <TextField label="Description" {...text('description')} inputProps={{ maxLength: 1000 }} />
        <TextField select label="Visibility" {...text('visibility')}>
          {Object.entries(VISIBILITIES).map(([value, label]) => (
            <MenuItem key={value} value={value}>
              {label}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          required
          label="Default branch"
          {...text('defaultBranch')}
          helperText="What a clone checks out; it cannot be deleted."
        />
        <TextField
          label="Topics"
          {...text('topics')}
          helperText="Words to find it by, with commas between."
        />
        {state.error && <Problem error={state.error} title="The settings were not saved" />}
        <Box>
          <AccessButton
            type="submit"
            variant="contained"
            access={access}
            permission={`change ${name}`}
            blocked={changed ? undefined : 'Nothing was changed'}
            disabled={state.busy}
          >
            Save
          </AccessButton>
        </Box>
      </Box>
    </Section>
  );
}
