import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

export interface FilterSelectProps {
  label: string;
  /** Empty: all. */
  value: string;
  onChange(value: string): void;
  options: readonly string[];
  /** An option as people read it. */
  words?(option: string): string;
}

/** One filter of a list. An option that the address names and the list lacks stays choosable. */
export function FilterSelect({
  label,
  value,
  onChange,
  options,
  words = option => option,
}: FilterSelectProps) {
  const all = value && !options.includes(value) ? [...options, value] : options;
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      sx={{
        minWidth: 132,
        '& .MuiInputBase-root': { fontSize: 13, bgcolor: 'background.paper' },
        '& .MuiSelect-select': { py: '7px' },
      }}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ displayEmpty: true }}
    >
      <MenuItem value="">All</MenuItem>
      {all.map(option => (
        <MenuItem key={option} value={option}>
          {words(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}
