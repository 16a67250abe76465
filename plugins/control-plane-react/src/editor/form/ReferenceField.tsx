import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { StatusChip } from '../../components/StatusChip';
import type { FieldProps } from './FieldProps';
import { useFault, useFormContext } from './FormContext';
import { Candidate, useCandidates } from './useCandidates';

/** The name of an object of another kind, picked from those that are there, with how each one is doing. */
export function ReferenceField({ label, path, schema, value, required }: FieldProps) {
  const { change, isFixed, organization } = useFormContext();
  const fault = useFault(path);
  const [open, setOpen] = useState(false);
  const kind = schema['x-krate-ref']!.kind;
  const name = typeof value === 'string' ? value : '';
  const { candidates, loading, problem } = useCandidates(kind, organization, open);
  return (
    <Autocomplete<Candidate, false, false, true>
      freeSolo
      openOnFocus
      size="small"
      open={open}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      loading={loading}
      loadingText={`Reading ${kind} objects`}
      disabled={isFixed(path)}
      options={candidates}
      getOptionLabel={option => (typeof option === 'string' ? option : option.name)}
      isOptionEqualToValue={(option, chosen) => option.name === chosen.name}
      inputValue={name}
      value={{ name }}
      onInputChange={(_, next, why) => why !== 'reset' && change(path, next || undefined)}
      onChange={(_, chosen) =>
        change(path, (typeof chosen === 'string' ? chosen : chosen?.name) || undefined)
      }
      renderOption={(properties, option) => (
        <Box component="li" {...properties} key={option.name} sx={{ display: 'flex', gap: 1, fontSize: 13 }}>
          <span>{option.name}</span>
          <Box sx={{ ml: 'auto !important' }}>
            <StatusChip status={option.status} title={option.message} />
          </Box>
        </Box>
      )}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={label}
          required={required}
          error={Boolean(fault)}
          helperText={fault ?? problem ?? schema.description}
        />
      )}
    />
  );
}
