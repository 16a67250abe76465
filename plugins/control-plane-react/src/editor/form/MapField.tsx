import { isObject } from '@krate/resource-model';
import CloseIcon from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { KeyboardEvent, useState } from 'react';
import type { ContainerProps } from './FieldProps';
import { useFault, useFormContext } from './FormContext';
import { Group } from './Group';

/** Values under names of one's own: labels, variables, settings. */
export function MapField({ label, path, schema, value, Field }: ContainerProps) {
  const { change } = useFormContext();
  const fault = useFault(path);
  const [key, setKey] = useState('');
  const [adding, setAdding] = useState(false);
  const entries = Object.entries(isObject(value) ? value : {});
  const entry = schema.additionalProperties!;
  const taken = entries.some(([name]) => name === key);
  const add = () => {
    if (!key || taken) return;
    change([...path, key], emptyOf(entry.type));
    setKey('');
    setAdding(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <Group
      label={label}
      description={schema.description}
      fault={fault}
      action={
        !adding && (
          <Button size="small" color="inherit" onClick={() => setAdding(true)}>
            Add
          </Button>
        )
      }
    >
      {(entries.length > 0 || adding) && (
        <>
          {entries.map(([name, each]) => (
            <Box key={name} sx={{ position: 'relative', pr: 4 }}>
              <Field
                label={name}
                path={[...path, name]}
                schema={{ ...entry, description: undefined }}
                value={each}
              />
              <IconButton
                size="small"
                aria-label={`Remove ${name}`}
                onClick={() => change([...path, name], undefined)}
                sx={{ position: 'absolute', top: 4, right: 0 }}
              >
                <CloseIcon sx={{ fontSize: 18 }} />
              </IconButton>
            </Box>
          ))}
          {adding && (
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
              <TextField
                // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
                autoFocus
                size="small"
                label="Key"
                value={key}
                error={taken}
                helperText={taken ? 'It is there already.' : undefined}
                onChange={event => setKey(event.target.value)}
                onKeyDown={onKeyDown}
              />
              <Button
                size="small"
                variant="outlined"
                disabled={!key || taken}
                onClick={add}
                sx={{ height: 38 }}
              >
                Add
              </Button>
              <Button size="small" color="inherit" onClick={() => setAdding(false)} sx={{ height: 38 }}>
                Cancel
              </Button>
            </Box>
          )}
        </>
      )}
    </Group>
  );
}

function emptyOf(type: string | undefined): unknown {
  if (type === 'object') return {};
  if (type === 'array') return [];
  if (type === 'boolean') return false;
  return type === 'integer' || type === 'number' ? 0 : '';
}
