import { z } from 'zod';

/** One thing that is wrong with a request. */
export const refusalReason = z.object({
  code: z
    .string()
    .describe('Stable: a cause of the Kubernetes API (`FieldValueInvalid`) or a code of Krate.'),
  field: z.string().optional().describe('Dotted path of the field at fault.'),
  message: z.string(),
});

/** What every refusal of the REST facade looks like, with the status code that fits. */
export const errorBody = z
  .object({
    error: z.object({
      code: z.string().describe('Stable and in capitals: `ORG_NOT_FOUND`, `POLICY_DENIED`, `CONFLICT`, …'),
      message: z.string().describe('For people: what is wrong, and what to do about it.'),
      correlationId: z.string().describe('The request’s `x-request-id`; the server’s log has it too.'),
      resource: z
        .object({ kind: z.string().optional(), name: z.string().optional() })
        .optional()
        .describe('What the refusal is about.'),
      reasons: z.array(refusalReason),
    }),
  })
  .meta({ id: 'ErrorResponse' });
export type ErrorBody = z.infer<typeof errorBody>;

/** The status codes of refusals, with their names in the document. */
export const REFUSALS: Readonly<Record<number, { name: string; description: string }>> = {
  400: {
    name: 'BadRequest',
    description: 'The request does not have the form that this document describes.',
  },
  401: { name: 'Unauthorized', description: 'No credentials, or some that are not valid.' },
  403: { name: 'Forbidden', description: 'Your role or a policy does not allow it.' },
  404: { name: 'NotFound', description: 'It does not exist, or is hidden from you.' },
  409: { name: 'Conflict', description: 'It exists already, or has changed, or is not in a state for this.' },
  410: { name: 'Expired', description: 'The page or position is too old: begin anew.' },
  413: { name: 'TooLarge', description: 'The body is over the limit.' },
  415: { name: 'UnsupportedMediaType', description: 'The body is neither JSON nor YAML.' },
  422: { name: 'Invalid', description: 'Well formed, but the kind or a rule refuses it.' },
  429: { name: 'TooManyRequests', description: 'Too many at once; `Retry-After` says when to try again.' },
  500: { name: 'InternalError', description: 'A fault of the server; its log has the correlation id.' },
  503: { name: 'Unavailable', description: 'Not at the moment; `Retry-After` says when to try again.' },
};
