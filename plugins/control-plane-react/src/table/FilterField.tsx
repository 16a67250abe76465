import SearchIcon from '@mui/icons-material/SearchOutlined';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useRef } from 'react';
import { useKeyBindings } from '../keys/keyBindings';

/** Text that narrows a list; `/` goes to it, Escape empties and leaves it. */
export function FilterField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useKeyBindings([{ key: '/', description: 'Filter', run: () => input.current?.focus() }]);
  return (
    <TextField
      size="small"
      placeholder={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        onChange('');
        input.current?.blur();
      }}
      inputRef={input}
      inputProps={{ 'aria-label': label }}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon sx={{ fontSize: 18 }} />
          </InputAdornment>
        ),
        sx: { fontSize: 13, height: 34, bgcolor: 'background.paper' },
      }}
      sx={{ width: { xs: '100%', sm: 280 } }}
    />
  );
}
