import { AgentServiceAccount, AgentStack } from '@krate/plugin-agents-common';
import { ResourceList, StatusChip } from '@krate/plugin-control-plane-react';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { ScriptedMark } from '../shared/Scripted';
import { suitabilityOf } from './dispatchFields';

export interface StackFieldProps {
  stacks: ResourceList<AgentStack>;
  accounts: readonly AgentServiceAccount[];
  /** Empty: not chosen yet. */
  repository: string;
  value: string;
  onChange(name: string): void;
  error: string | undefined;
}

/** Which agent to dispatch: each with its readiness, those that cannot saying why. */
export function StackField({ stacks, accounts, repository, value, onChange, error }: StackFieldProps) {
  const judged = stacks.items
    .map(stack => ({ stack, ...suitabilityOf(stack, repository || undefined, accounts) }))
    .sort((a, b) => Number(b.suitable) - Number(a.suitable));
  const chosen = judged.find(({ stack }) => stack.metadata.name === value) ?? null;
  return (
    <Autocomplete
      options={judged}
      value={chosen}
      onChange={(_event, option) => onChange(option?.stack.metadata.name ?? '')}
      getOptionLabel={({ stack }) => stack.spec.displayName ?? stack.metadata.name}
      getOptionDisabled={({ suitable }) => !suitable}
      getOptionKey={({ stack }) => stack.metadata.uid}
      isOptionEqualToValue={(a, b) => a.stack.metadata.uid === b.stack.metadata.uid}
      loading={stacks.loading}
      noOptionsText="There is no stack yet"
      size="small"
      renderOption={({ key, ...props }, { stack, suitable, reason }) => (
        <Box
          component="li"
          key={key}
          {...props}
          sx={{ '&[aria-disabled="true"]': { opacity: '1 !important' } }}
        >
          <Box sx={{ minWidth: 0, flex: 1 }}>
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
              <span>{stack.spec.displayName ?? stack.metadata.name}</span>
              <ScriptedMark stack={stack} />
              <Box sx={{ ml: 'auto' }}>
                <StatusChip status={suitable ? 'Ready' : 'Blocked'} />
              </Box>
            </Box>
            <Typography variant="caption" color="text.secondary" component="p">
              {reason ?? stack.spec.description}
            </Typography>
          </Box>
        </Box>
      )}
      renderInput={parameters => (
        <TextField {...parameters} label="Stack" required error={Boolean(error)} helperText={error} />
      )}
    />
  );
}
