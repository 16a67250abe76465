import { Resource } from '@krate/resource-model';

/** An object as the facade shows it: who manages which field is for programs that apply, and they speak the Kubernetes API. */
export function present<R = Resource>(object: object): R {
  const { metadata, ...rest } = object as { metadata?: Record<string, unknown> };
  const { managedFields: _, ...shown } = metadata ?? {};
  return { ...rest, metadata: shown } as R;
}
