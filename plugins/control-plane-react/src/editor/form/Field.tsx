import type { FieldProps } from './FieldProps';
import { FreeField } from './FreeField';
import { ListField } from './ListField';
import { MapField } from './MapField';
import { ObjectField } from './ObjectField';
import { ReferenceField } from './ReferenceField';
import { ScalarField } from './ScalarField';
import { WriteOnlyField } from './WriteOnlyField';

/** One field of a form, by what its schema says it is. */
export function Field(props: FieldProps) {
  const { schema, path } = props;
  // `stringData` is another way to write `data`; the form has one field for both.
  if (schema['x-krate-write-only']) return path[0] === 'stringData' ? null : <WriteOnlyField {...props} />;
  if (schema['x-krate-ref']) return <ReferenceField {...props} />;
  if (schema.items) return <ListField {...props} Field={Field} />;
  if (schema.properties) return <ObjectField {...props} Field={Field} />;
  if (schema.additionalProperties) return <MapField {...props} Field={Field} />;
  if (schema.type === 'object' || (!schema.type && !schema['x-kubernetes-int-or-string']))
    return <FreeField {...props} />;
  return <ScalarField {...props} />;
}
