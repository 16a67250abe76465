import { z } from 'zod';

const labelKey = z
  .string()
  .min(1)
  .max(317)
  .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/);

const labelExpression = z.object({
  key: labelKey.describe('The label’s key, with its prefix when it has one.'),
  operator: z
    .enum(['In', 'NotIn', 'Exists', 'DoesNotExist'])
    .describe('How the label must stand to the values.'),
  values: z
    .array(z.string().max(63))
    .max(50)
    .default([])
    .describe('At least one for `In` and `NotIn`; none for the others.'),
});

/** A dotted path into an object, or the status of a condition: `spec.repository`, `condition:Ready`. */
export const fieldPath = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(condition:[A-Z][A-Za-z0-9]*|[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)$/);

const fieldExpression = z.object({
  path: fieldPath.describe(
    'A dotted path such as `status.phase`, or `condition:Ready` for a condition’s status.',
  ),
  operator: z
    .enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Contains', 'GreaterThan', 'LessThan'])
    .describe(
      '`Contains` looks for a text without regard to case; `GreaterThan` and `LessThan` compare numbers and times.',
    ),
  values: z
    .array(z.string().max(500))
    .max(50)
    .default([])
    .describe('One or more for `In` and `NotIn`, one for comparisons, none for `Exists` and `DoesNotExist`.'),
});

/** What picks objects out of a list. All parts must hold; an empty filter picks everything. */
export const listFilter = {
  labels: z
    .record(z.string(), z.string().max(63))
    .default({})
    .describe('Labels that must have exactly these values.'),
  labelExpressions: z.array(labelExpression).max(50).default([]).describe('Further rules about labels.'),
  fields: z.array(fieldExpression).max(50).default([]).describe('Rules about the fields of the objects.'),
  query: z.string().max(500).optional().describe('Text that must occur in the name or in a column shown.'),
};
