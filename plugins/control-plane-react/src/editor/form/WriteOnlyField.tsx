import { isObject } from '@krate/resource-model';
import CloseIcon from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { MONOSPACE } from '../../components/tokens';
import type { FieldProps } from './FieldProps';
import { useFault, useFormContext } from './FormContext';
import { Group } from './Group';

/**
 * Values that are taken and never shown: one keeps what is there, replaces it, or takes the key away. What is typed stays out
 * of the text beside the form, of drafts and of what is copied.
 */
export function WriteOnlyField({ label, path, value }: FieldProps) {
  const { change, secrets, changeSecret } = useFormContext();
  const fault = useFault(path);
  const [key, setKey] = useState('');
  const keys = [...new Set([...Object.keys(isObject(value) ? value : {}), ...Object.keys(secrets)])];
  const add = () => {
    if (!key || keys.includes(key)) return;
    change([...path, key], '');
    changeSecret(key, '');
    setKey('');
  };
  return (
    <Group
      label={label}
      description="Values are encrypted when they are saved, and never shown again."
      fault={fault}
    >
      {keys.map(name => (
        <Box key={name} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          {secrets[name] === undefined ? (
            <>
              <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 13 }}>
                {name}
              </Box>
              <Typography variant="body2" color="text.secondary" sx={{ flex: 1 }}>
                kept as it is
              </Typography>
              <Button size="small" variant="outlined" onClick={() => changeSecret(name, '')}>
                Replace
              </Button>
            </>
          ) : (
            <TextField
              fullWidth
              size="small"
              type="password"
              label={name}
              value={secrets[name]}
              onChange={event => changeSecret(name, event.target.value)}
              helperText={
                secrets[name] === ''
                  ? 'Left empty, what is there stays; a new key gets an empty value.'
                  : undefined
              }
              inputProps={{ autoComplete: 'new-password' }}
            />
          )}
          <IconButton
            size="small"
            aria-label={`Remove ${name}`}
            onClick={() => {
              changeSecret(name, undefined);
              change([...path, name], undefined);
            }}
          >
            <CloseIcon sx={{ fontSize: 18 }} />
          </IconButton>
        </Box>
      ))}
      <Box sx={{ display: 'flex', gap: 1 }}>
        <TextField
          size="small"
          label="New key"
          value={key}
          onChange={event => setKey(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          inputProps={{ spellCheck: false }}
        />
        <Button
          size="small"
          variant="outlined"
          disabled={!key || keys.includes(key)}
          onClick={add}
          sx={{ height: 38 }}
        >
          Add
        </Button>
      </Box>
    </Group>
  );
}
