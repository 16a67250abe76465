import { ResourceList } from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';

export interface RepositoryFieldProps {
  repositories: ResourceList<Repository>;
  value: string;
  onChange(name: string): void;
  error: string | undefined;
}

/** Which repository to work on. Archived ones are shown and cannot be chosen. */
export function RepositoryField({ repositories, value, onChange, error }: RepositoryFieldProps) {
  const options = repositories.items.map(({ metadata }) => metadata.name);
  const archived = new Set(
    repositories.items.filter(({ spec }) => spec.archived).map(({ metadata }) => metadata.name),
  );
  return (
    <Autocomplete
      options={value && !options.includes(value) ? [...options, value] : options}
      value={value || null}
      onChange={(_event, name) => onChange(name ?? '')}
      getOptionDisabled={name => archived.has(name)}
      getOptionLabel={name => (archived.has(name) ? `${name} (archived)` : name)}
      loading={repositories.loading}
      noOptionsText="There is no repository"
      size="small"
      renderInput={parameters => (
        <TextField {...parameters} label="Repository" required error={Boolean(error)} helperText={error} />
      )}
    />
  );
}
