import { useApi } from '@backstage/core-plugin-api';
import { KindInfo, krateApiRef, pathOf } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { useEffect, useState } from 'react';

/** What an object was wanted to be after one change, and who wanted it. */
export interface Revision {
  resourceVersion: string;
  time: string;
  principal?: string;
  action: 'create' | 'update' | 'patch' | 'apply' | 'delete';
  object: Resource;
}

/** The changes of an object, newest first; read again when it was changed. */
export function useHistory(
  kind: KindInfo,
  object: Resource,
): { revisions?: readonly Revision[]; error?: Error } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ revisions?: readonly Revision[]; error?: Error }>({});
  const { namespace, name } = object.metadata;
  const { generation, labels, annotations, finalizers } = object.metadata;
  // A status that changes is no change of the object, and would have this read every second of a run.
  const changed = JSON.stringify([generation, labels, annotations, finalizers]);
  useEffect(() => {
    let current = true;
    api
      .request(`${pathOf(kind, namespace, name)}/history`)
      .then(response => response.json())
      .then(
        ({ items }) => current && setState({ revisions: items }),
        error => current && setState(known => ({ ...known, error })),
      );
    return () => {
      current = false;
    };
  }, [api, kind, namespace, name, changed]);
  return state;
}
