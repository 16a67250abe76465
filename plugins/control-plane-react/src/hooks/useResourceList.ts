import { useApi } from '@backstage/core-plugin-api';
import { ResourceOf, Kind } from '@krate/resource-model';
import { useMemo, useSyncExternalStore } from 'react';
import { krateApiRef } from '../api/KrateApi';
import { liveListOf, LiveListState } from '../api/LiveList';

export interface ResourceListOptions {
  /** Absent: the view is not ready to ask yet (no organization chosen); nothing is loaded. */
  namespace: string | undefined;
  name?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface ResourceList<R> {
  /** Sorted by name. Kept while the connection is lost, and beside an error. */
  items: R[];
  /** Nothing is known yet. */
  loading: boolean;
  error?: Error;
}

const WAITING: LiveListState = { items: [], loading: true };
const NOTHING = { state: () => WAITING, follow: () => () => {} };

/**
 * The objects of a kind, live: additions, changes and deletions appear by themselves. Views that ask for the same
 * objects share them, so a second view has them at once.
 */
export function useResourceList<K extends Pick<Kind, 'group' | 'plural'>>(
  kind: K,
  options: ResourceListOptions,
): ResourceList<ResourceOf<K>> {
  const { live } = useApi(krateApiRef);
  const { namespace, name, labelSelector, fieldSelector } = options;
  const { group, plural } = kind;
  const list = useMemo(
    () =>
      namespace === undefined
        ? NOTHING
        : liveListOf(live, { group, resource: plural, namespace, name, labelSelector, fieldSelector }),
    [live, group, plural, namespace, name, labelSelector, fieldSelector],
  );
  return useSyncExternalStore(list.follow, list.state) as ResourceList<ResourceOf<K>>;
}
