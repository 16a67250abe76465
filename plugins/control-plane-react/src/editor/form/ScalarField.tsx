import { StructuralSchema } from '@krate/resource-model';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import type { FieldProps } from './FieldProps';
import { useFault, useFormContext } from './FormContext';

const isNumber = ({ type }: StructuralSchema) => type === 'integer' || type === 'number';

/** A text, number, yes or no, or one of few. */
export function ScalarField(props: FieldProps) {
  const { schema, value } = props;
  if (schema.type === 'boolean') return <BooleanField {...props} />;
  // A value that is none of the few is shown as it is, so that it can be seen and mended.
  if (schema.enum && (value === undefined || schema.enum.includes(value))) return <ChoiceField {...props} />;
  return <TextualField {...props} />;
}

function BooleanField({ label, path, schema, value }: FieldProps) {
  const { change, isFixed } = useFormContext();
  const fault = useFault(path);
  return (
    <Box>
      <FormControlLabel
        control={
          <Switch
            size="small"
            checked={Boolean(value ?? schema.default)}
            disabled={isFixed(path)}
            onChange={event => change(path, event.target.checked)}
          />
        }
        label={label}
      />
      <FormHelperText error={Boolean(fault)} sx={{ mt: 0, ml: 5 }}>
        {fault ?? schema.description}
      </FormHelperText>
    </Box>
  );
}

function ChoiceField({ label, path, schema, value, required }: FieldProps) {
  const { change, isFixed } = useFormContext();
  const fault = useFault(path);
  return (
    <TextField
      select
      fullWidth
      size="small"
      label={label}
      required={required}
      disabled={isFixed(path)}
      value={value === undefined ? '' : String(value)}
      error={Boolean(fault)}
      helperText={fault ?? helpOf(schema)}
      onChange={event =>
        change(
          path,
          schema.enum!.find(known => String(known) === event.target.value),
        )
      }
      SelectProps={{ displayEmpty: !required }}
      InputLabelProps={required ? undefined : { shrink: true }}
    >
      {!required && (
        <MenuItem value="">
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {schema.default === undefined ? 'Not said' : `${String(schema.default)} (default)`}
          </Box>
        </MenuItem>
      )}
      {schema.enum!.map(known => (
        <MenuItem key={String(known)} value={String(known)}>
          {String(known)}
        </MenuItem>
      ))}
    </TextField>
  );
}

function TextualField({ label, path, schema, value, required }: FieldProps) {
  const { change, isFixed } = useFormContext();
  const fault = useFault(path);
  const shown = value === undefined || value === null ? '' : String(value);
  const [text, setText] = useState(shown);
  // What is typed stays as typed (`1.`), until the value becomes another one elsewhere.
  useEffect(() => setText(before => (sameValue(schema, before, shown) ? before : shown)), [schema, shown]);
  return (
    <TextField
      fullWidth
      size="small"
      label={label}
      required={required}
      disabled={isFixed(path)}
      value={text}
      error={Boolean(fault)}
      helperText={fault ?? helpOf(schema)}
      placeholder={schema.default === undefined ? undefined : String(schema.default)}
      InputLabelProps={schema.default === undefined ? undefined : { shrink: true }}
      multiline={isLong(schema, shown)}
      maxRows={12}
      inputProps={{
        inputMode: isNumber(schema) ? 'decimal' : undefined,
        spellCheck: false,
        autoComplete: 'off',
      }}
      onChange={event => {
        setText(event.target.value);
        change(path, valueOf(schema, event.target.value));
      }}
    />
  );
}

/** What a typed text means: a number where it is one, nothing when it is empty. */
export function valueOf(schema: StructuralSchema, text: string): unknown {
  if (text === '') return undefined;
  const numeric = isNumber(schema) || schema['x-kubernetes-int-or-string'];
  return numeric && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

function sameValue(schema: StructuralSchema, a: string, b: string): boolean {
  return valueOf(schema, a) === valueOf(schema, b);
}

const LONG = 240;

function isLong({ maxLength = 0, format, pattern }: StructuralSchema, text: string): boolean {
  return (
    text.includes('\n') || (maxLength > LONG && !format && !pattern && text.length > 60) || maxLength >= 1000
  );
}

function helpOf({ description, default: byDefault }: StructuralSchema): string | undefined {
  if (byDefault === undefined || typeof byDefault === 'object') return description;
  return [description, `Default: ${String(byDefault)}.`].filter(Boolean).join(' ');
}
