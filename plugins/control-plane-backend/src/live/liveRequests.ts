import { ApiError } from '@krate/resource-model';
import { z } from 'zod';

const id = z.string().min(1).max(64);

const objectSubscription = z.object({
  id,
  group: z.string().max(253),
  resource: z.string().min(1).max(253),
  namespace: z.string().max(253).optional(),
  name: z.string().max(253).optional(),
  labelSelector: z.string().max(4096).optional(),
  fieldSelector: z.string().max(4096).optional(),
  /** Follow from here, without what exists. */
  resourceVersion: z.string().max(32).optional(),
});

const streamSubscription = z.object({
  id,
  stream: z.object({
    resource: z.string().min(1).max(253),
    namespace: z.string().max(253),
    name: z.string().min(1).max(253),
    stream: z.string().min(1).max(63),
  }),
  offset: z.int().min(0).default(0),
});

const liveRequest = z.object({
  subscribe: z
    .array(z.union([streamSubscription, objectSubscription]))
    .max(500)
    .default([]),
  unsubscribe: z.array(id).max(500).default([]),
});

export type ObjectSubscription = z.output<typeof objectSubscription>;
export type StreamSubscription = z.output<typeof streamSubscription>;
export type LiveRequest = z.output<typeof liveRequest>;

/** Reads the body of `POST /live/<id>`. */
export function parseLiveRequest(body: unknown): LiveRequest {
  const parsed = liveRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError('BadRequest', `The subscriptions are not well formed: ${z.prettifyError(parsed.error)}`);
}
