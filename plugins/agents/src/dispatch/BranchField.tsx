import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

export interface BranchFieldProps {
  organization: string;
  repository: Repository | undefined;
  value: string;
  onChange(branch: string): void;
  error: string | undefined;
}

/** Where the work starts and what it proposes to; any branch may be typed. */
export function BranchField({ organization, repository, value, onChange, error }: BranchFieldProps) {
  const { branches, problem } = useBranches(organization, repository?.metadata.name);
  return (
    <Autocomplete
      freeSolo
      options={branches}
      inputValue={value}
      onInputChange={(_event, branch) => onChange(branch)}
      disabled={!repository}
      size="small"
      renderInput={parameters => (
        <TextField
          {...parameters}
          label="Branch"
          placeholder={repository?.spec.defaultBranch ?? 'main'}
          InputLabelProps={{ ...parameters.InputLabelProps, shrink: true }}
          error={Boolean(error)}
          helperText={error ?? problem ?? 'It starts there, and proposes its change to it.'}
        />
      )}
    />
  );
}

/** Names of the repository's branches; when they cannot be read, typing one still works. */
function useBranches(
  organization: string,
  repository: string | undefined,
): { branches: string[]; problem?: string } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ branches: string[]; problem?: string }>({ branches: [] });
  useEffect(() => {
    setState({ branches: [] });
    if (!repository) return undefined;
    let current = true;
    api
      .request(`forge/${encodeURIComponent(organization)}/${encodeURIComponent(repository)}/branches`)
      .then(response => response.json())
      .then(
        ({ items }: { items: { name: string }[] }) =>
          current && setState({ branches: items.map(({ name }) => name) }),
        () => current && setState({ branches: [], problem: 'The branches could not be listed; type one.' }),
      );
    return () => {
      current = false;
    };
  }, [api, organization, repository]);
  return state;
}
