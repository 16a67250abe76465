import { StructuralSchema } from '@krate/resource-model';
import { ComponentType } from 'react';
import { FieldLocation } from '../fieldLocation';

/** One field of a form. */
export interface FieldProps {
  label: string;
  path: FieldLocation;
  schema: StructuralSchema;
  value: unknown;
  required?: boolean;
}

/** A field that holds fields: it is handed the component that draws them, so that no two of these files need each other. */
export interface ContainerProps extends FieldProps {
  Field: ComponentType<FieldProps>;
}
