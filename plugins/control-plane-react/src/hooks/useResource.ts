import { Kind, ResourceOf } from '@krate/resource-model';
import { useResourceList } from './useResourceList';

/** One object, live. `object` is undefined while loading and when it does not exist or may not be read. */
export function useResource<K extends Pick<Kind, 'group' | 'plural'>>(
  kind: K,
  namespace: string | undefined,
  name: string | undefined,
): { object?: ResourceOf<K>; loading: boolean; error?: Error } {
  const { items, loading, error } = useResourceList(kind, { namespace: name ? namespace : undefined, name });
  return { object: items[0], loading, error };
}
