import Button from '@mui/material/Button';
import type { ContainerProps } from './FieldProps';
import { Fields } from './Fields';
import { useFault, useFormContext } from './FormContext';
import { Group } from './Group';

/** An object in an object. One that is not needed and not there takes a line only. */
export function ObjectField({ label, path, schema, value, required, Field }: ContainerProps) {
  const { change } = useFormContext();
  const fault = useFault(path);
  const shown = required || value !== undefined;
  const action = !required && (
    <Button size="small" color="inherit" onClick={() => change(path, shown ? undefined : {})}>
      {shown ? 'Remove' : 'Add'}
    </Button>
  );
  return (
    <Group label={label} description={schema.description} fault={fault} action={action}>
      {shown && <Fields schema={schema} value={value} path={path} Field={Field} />}
    </Group>
  );
}
