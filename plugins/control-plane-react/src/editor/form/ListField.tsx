import { StructuralSchema } from '@krate/resource-model';
import CloseIcon from '@mui/icons-material/CloseOutlined';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { ContainerProps, FieldProps } from './FieldProps';
import { useFault, useFaultBelow, useFormContext } from './FormContext';
import { Group } from './Group';
import { valueOf } from './ScalarField';
import { useCandidates } from './useCandidates';

/** A list: plain values as chips in one field, all else as one group for each item. */
export function ListField(props: ContainerProps) {
  const { items } = props.schema;
  const plain =
    items && !items.items && !items.properties && !items.additionalProperties && items.type !== 'object';
  return plain ? <ChipsField {...props} /> : <ItemsField {...props} />;
}

function ChipsField({ label, path, schema, value, required }: FieldProps) {
  const { change, isFixed, organization } = useFormContext();
  const own = useFault(path);
  const below = useFaultBelow(path);
  const [open, setOpen] = useState(false);
  const items = schema.items!;
  const reference = items['x-krate-ref']?.kind;
  const { candidates } = useCandidates(reference ?? '', organization, open && Boolean(reference));
  const options = reference ? candidates.map(({ name }) => name) : (items.enum ?? []).map(String);
  const values = Array.isArray(value) ? value : [];
  return (
    <Autocomplete<string, true, false, true>
      multiple
      freeSolo
      autoSelect
      filterSelectedOptions
      size="small"
      open={open && options.length > 0}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      disabled={isFixed(path)}
      options={options}
      value={values.map(String)}
      onChange={(_, next) =>
        change(path, next.length > 0 ? next.map(text => valueOf(items, text)) : undefined)
      }
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={label}
          required={required}
          error={Boolean(own) || below}
          helperText={own ?? (below ? 'One of these values is not possible.' : helpOf(schema, reference))}
        />
      )}
    />
  );
}

function helpOf({ description, items }: StructuralSchema, reference: string | undefined): string {
  if (reference) return [description, `Names of ${reference} objects.`].filter(Boolean).join(' ');
  return [description, !items?.enum && 'Enter adds a value.'].filter(Boolean).join(' ');
}

function ItemsField({ label, path, schema, value, Field }: ContainerProps) {
  const { change } = useFormContext();
  const fault = useFault(path);
  const items = schema.items!;
  const values = Array.isArray(value) ? value : [];
  const add = () => change([...path, values.length], items.items ? [] : {});
  return (
    <Group
      label={label}
      description={schema.description}
      fault={fault}
      action={
        <Button size="small" color="inherit" onClick={add}>
          Add
        </Button>
      }
    >
      {values.length > 0 &&
        values.map((item, index) => (
          // eslint-disable-next-line react/no-array-index-key -- items of a list have no other identity
          <Box key={index} sx={{ position: 'relative', pr: 4 }}>
            <Field label={`${index + 1}`} path={[...path, index]} schema={items} value={item} required />
            <IconButton
              size="small"
              aria-label={`Remove ${label} ${index + 1}`}
              onClick={() => change([...path, index], undefined)}
              sx={{ position: 'absolute', top: 0, right: 0 }}
            >
              <CloseIcon sx={{ fontSize: 18 }} />
            </IconButton>
          </Box>
        ))}
    </Group>
  );
}
