import { useApi } from '@backstage/core-plugin-api';
import { Kind, Resource, ResourceOf } from '@krate/resource-model';
import { useEffect, useMemo, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';

export interface ResourceListOptions {
  /** Absent: the view is not ready to ask yet (no organization chosen); nothing is loaded. */
  namespace: string | undefined;
  name?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface ResourceList<R> {
  /** Sorted by name. Kept while the connection is lost. */
  items: R[];
  /** Nothing is known yet. */
  loading: boolean;
  error?: Error;
}

/**
 * The objects of a kind, live: additions, changes and deletions appear by themselves. Changes that arrive together are
 * rendered together.
 */
export function useResourceList<K extends Kind>(
  kind: K,
  options: ResourceListOptions,
): ResourceList<ResourceOf<K>> {
  const api = useApi(krateApiRef);
  const { namespace, name, labelSelector, fieldSelector } = options;
  const [state, setState] = useState<{ objects: Map<string, Resource>; loading: boolean; error?: Error }>({
    objects: new Map(),
    loading: true,
  });

  useEffect(() => {
    if (namespace === undefined) return undefined;
    setState({ objects: new Map(), loading: true });

    let objects = new Map<string, Resource>();
    let synced = false;
    let scheduled = 0;
    const publish = () => {
      if (scheduled) return;
      scheduled = window.setTimeout(() => {
        scheduled = 0;
        setState({ objects: new Map(objects), loading: false });
      }, 16);
    };
    const unsubscribe = api.live.subscribe({
      request: () => ({
        group: kind.group,
        resource: kind.plural,
        namespace,
        name,
        labelSelector,
        fieldSelector,
      }),
      restart: () => {
        // What is shown stays until the server has sent everything again; objects deleted meanwhile vanish then.
        objects = new Map();
        synced = false;
      },
      receive: event => {
        if (event.type === 'ADDED' || event.type === 'MODIFIED')
          objects.set(event.object.metadata.uid, event.object);
        if (event.type === 'DELETED') objects.delete(event.object.metadata.uid);
        if (event.type === 'SYNCED') synced = true;
        if (event.type === 'ERROR') {
          const error = new Error(event.status.message ?? 'The server ended this list');
          setState(previous => ({ ...previous, loading: false, error }));
        } else if (synced) publish();
      },
    });
    return () => {
      window.clearTimeout(scheduled);
      unsubscribe();
    };
  }, [api, kind, namespace, name, labelSelector, fieldSelector]);

  return useMemo(
    () => ({
      items: [...state.objects.values()].sort((a, b) =>
        a.metadata.name < b.metadata.name ? -1 : 1,
      ) as ResourceOf<K>[],
      loading: state.loading,
      error: state.error,
    }),
    [state],
  );
}
