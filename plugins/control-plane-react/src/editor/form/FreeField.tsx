import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { parse, stringify } from 'yaml';
import type { FieldProps } from './FieldProps';
import { useFault, useFormContext } from './FormContext';
import { MONOSPACE } from '../../components/tokens';

/** Content without a schema of ours: written as YAML. */
export function FreeField({ label, path, schema, value, required }: FieldProps) {
  const { change, isFixed } = useFormContext();
  const fault = useFault(path);
  const shown = value === undefined ? '' : stringify(value, { lineWidth: 0 });
  const [text, setText] = useState(shown);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    setText(before => (sameYaml(before, shown) ? before : shown));
    setProblem(undefined);
  }, [shown]);
  const onChange = (next: string) => {
    setText(next);
    try {
      change(path, next.trim() ? parse(next) : undefined);
      setProblem(undefined);
    } catch (error) {
      setProblem((error as Error).message.split('\n')[0]);
    }
  };
  return (
    <TextField
      multiline
      fullWidth
      minRows={2}
      maxRows={16}
      size="small"
      label={label}
      required={required}
      disabled={isFixed(path)}
      value={text}
      error={Boolean(problem ?? fault)}
      helperText={problem ?? fault ?? [schema.description, 'Written as YAML.'].filter(Boolean).join(' ')}
      onChange={event => onChange(event.target.value)}
      InputProps={{ sx: { fontFamily: MONOSPACE, fontSize: 12.5 } }}
      inputProps={{ spellCheck: false }}
    />
  );
}

function sameYaml(a: string, b: string): boolean {
  try {
    return JSON.stringify(parse(a)) === JSON.stringify(parse(b));
  } catch {
    return false;
  }
}
