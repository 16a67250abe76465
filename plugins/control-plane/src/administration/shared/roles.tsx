import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Box from '@mui/material/Box';
import { Role, ROLES } from '@krate/resource-model';

/** What each role is for, in a sentence. Each includes the one before. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'Reads everything but secrets.',
  developer: 'Pushes, opens pull requests, dispatches agents.',
  maintainer: 'Also approves, merges and sees which secrets there are.',
  admin: 'Also adds people, gives roles, and keeps secrets and settings.',
};

/** Chooses a role; none is a choice where `none` says what that means. */
export function RoleField({
  value,
  onChange,
  label = 'Role',
  none,
  disabled,
}: {
  value: Role | undefined;
  onChange(role: Role | undefined): void;
  label?: string;
  none?: string;
  disabled?: boolean;
}) {
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value ?? ''}
      disabled={disabled}
      onChange={event => onChange((event.target.value || undefined) as Role | undefined)}
      helperText={value ? ROLE_WORDS[value] : none}
      SelectProps={{ renderValue: shown => String(shown || 'None'), displayEmpty: none !== undefined }}
      InputLabelProps={{ shrink: none !== undefined || value !== undefined }}
    >
      {none !== undefined && (
        <MenuItem value="">
          <RoleWords name="None" words={none} />
        </MenuItem>
      )}
      {ROLES.map(role => (
        <MenuItem key={role} value={role}>
          <RoleWords name={role} words={ROLE_WORDS[role]} />
        </MenuItem>
      ))}
    </TextField>
  );
}

function RoleWords({ name, words }: { name: string; words: string }) {
  return (
    <Box>
      <Box sx={{ fontWeight: 600 }}>{name}</Box>
      <Box sx={{ fontSize: 12, color: 'text.secondary', whiteSpace: 'normal' }}>{words}</Box>
    </Box>
  );
}
