import { isObject, StructuralSchema } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { FormContext, FormContextValue } from './FormContext';
import { Field } from './Field';
import { Fields } from './Fields';
import { MapField } from './MapField';
import { ScalarField } from './ScalarField';

export interface SchemaFormProps extends FormContextValue {
  schema: StructuralSchema;
  value: Record<string, unknown>;
  /** The payload stands at the top level, without `spec`. */
  flat?: boolean;
  /** The server makes the name with the number: it need not be given. */
  optionalName?: boolean;
}

const TEXTS: StructuralSchema = { type: 'string' };
/** What stands at the top of every manifest, or is no part of what one writes. */
const NOT_PAYLOAD = ['apiVersion', 'kind', 'metadata', 'status'];

/** A form from the schema of a kind: what it needs first, references as pickers, faults at their fields. */
export function SchemaForm({ schema, value, flat, optionalName, ...context }: SchemaFormProps) {
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const spec = schema.properties?.spec;
  const wanted = isObject(value.spec) ? value.spec : {};
  const { properties = {} } = schema;
  const payload: StructuralSchema = flat
    ? {
        ...schema,
        properties: Object.fromEntries(
          Object.entries(properties).filter(([name]) => !NOT_PAYLOAD.includes(name)),
        ),
      }
    : (spec ?? {});
  return (
    <FormContext.Provider value={context}>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          minWidth: 0,
          // What is said of a field that cannot change must be readable all the same.
          '& p.Mui-disabled': { color: 'text.secondary' },
        }}
      >
        <ScalarField
          path={['metadata', 'name']}
          label="Name"
          schema={{ type: 'string', description: nameHelp(optionalName) }}
          value={metadata.name}
          required={!optionalName}
        />
        <Fields
          Field={Field}
          schema={payload}
          value={flat ? value : wanted}
          path={flat ? [] : ['spec']}
          omit={['organizationRef']}
        />
        <MapField
          Field={Field}
          path={['metadata', 'labels']}
          label="Labels"
          schema={{
            additionalProperties: TEXTS,
            description: 'What lists and selectors find the object by.',
          }}
          value={metadata.labels}
        />
        <MapField
          Field={Field}
          path={['metadata', 'annotations']}
          label="Annotations"
          schema={{ additionalProperties: TEXTS, description: 'Notes that nothing selects by.' }}
          value={metadata.annotations}
        />
      </Box>
    </FormContext.Provider>
  );
}

function nameHelp(optional: boolean | undefined): string {
  return optional
    ? 'Left empty, the server makes it with the number. It cannot change later.'
    : 'Lower case letters, digits, dashes and dots. It cannot change later.';
}
