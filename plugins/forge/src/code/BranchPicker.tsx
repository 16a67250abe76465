import { RelativeTime } from '@krate/plugin-control-plane-react';
import BranchIcon from '@mui/icons-material/CallSplitOutlined';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { Branch } from '../api/wire';

/** Chooses a branch by typing a part of its name; the latest come first. */
export function BranchPicker({
  branches,
  current,
  onPick,
  label = 'Branch',
}: {
  branches: readonly Branch[];
  current: string;
  onPick(name: string): void;
  label?: string;
}) {
  const byName = new Map(branches.map(branch => [branch.name, branch]));
  return (
    <Autocomplete
      size="small"
      disableClearable
      options={branches.map(({ name }) => name)}
      // A tag or a commit may stand in the address; it is shown, though it is no branch.
      value={current}
      isOptionEqualToValue={(option, value) => option === value}
      onChange={(_, name) => onPick(name)}
      sx={{ width: 240 }}
      renderOption={(props, name) => (
        <Box component="li" {...props} key={name} sx={{ gap: 1, fontSize: 13 }}>
          {name}
          <Box component="span" sx={{ ml: 'auto', color: 'text.secondary', fontSize: 12 }}>
            {byName.get(name)?.default ? 'default' : <RelativeTime time={byName.get(name)?.committedAt} />}
          </Box>
        </Box>
      )}
      renderInput={parameters => (
        <TextField
          {...parameters}
          inputProps={{ ...parameters.inputProps, 'aria-label': label }}
          InputProps={{
            ...parameters.InputProps,
            startAdornment: (
              <InputAdornment position="start">
                <BranchIcon sx={{ fontSize: 18 }} />
              </InputAdornment>
            ),
            sx: { fontSize: 13, bgcolor: 'background.paper' },
          }}
        />
      )}
    />
  );
}
