import { ValidationRule } from './ValidationRule';

/**
 * The subset of OpenAPI v3 that Kubernetes calls structural: every value has one type, and pruning and defaulting can be
 * decided from the schema alone. Extensions are `x-kubernetes-*` (known to any API server) and `x-krate-*` (ours; stripped from CRDs).
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export interface StructuralSchema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  title?: string;
  description?: string;
  default?: unknown;
  nullable?: boolean;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** Boolean as in OpenAPI 3.0: makes `minimum` itself forbidden. */
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  items?: StructuralSchema;
  properties?: Record<string, StructuralSchema>;
  additionalProperties?: StructuralSchema;
  required?: string[];
  /** Further patterns a string must match; nothing else may stand here. */
  allOf?: { pattern: string }[];
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: 'granular' | 'atomic';
  'x-kubernetes-validations'?: readonly ValidationRule[];
  /** The kind whose object the string names, as {@link ref} declares it. */
  'x-krate-ref'?: { kind: string };
  /** Values are taken and never answered: a form offers to replace them and shows none. */
  'x-krate-write-only'?: boolean;
  [extension: `x-kubernetes-${string}` | `x-krate-${string}`]: unknown;
}
