import { isObject, StructuralSchema } from '@krate/resource-model';
import { FieldLocation } from '../fieldLocation';
import { wordsOf } from '../../components/ObjectValues';
import type { ContainerProps } from './FieldProps';

/** The fields of an object, those it needs first. */
export function Fields({
  schema,
  value,
  path,
  omit = [],
  Field,
}: {
  schema: StructuralSchema;
  value: unknown;
  path: FieldLocation;
  omit?: readonly string[];
  Field: ContainerProps['Field'];
}) {
  const required = schema.required ?? [];
  const names = Object.keys(schema.properties ?? {}).filter(name => !omit.includes(name));
  const ordered = [...names].sort((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  const object = isObject(value) ? value : {};
  return (
    <>
      {ordered.map(name => (
        <Field
          key={name}
          label={wordsOf(name)}
          path={[...path, name]}
          schema={schema.properties![name]}
          value={object[name]}
          required={required.includes(name)}
        />
      ))}
    </>
  );
}
