import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, ResourceType } from '@krate/plugin-control-plane-react';
import { KRATE_GROUP, KRATE_VERSION } from '@krate/resource-model';
import { useEffect, useState } from 'react';

interface DiscoveredResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** What the server says of a plural name, so that screens can show kinds they were not built with. */
export function useDiscoveredType(plural: string): { type?: ResourceType; missing: boolean; error?: Error } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ type?: ResourceType; missing: boolean; error?: Error }>({
    missing: false,
  });
  useEffect(() => {
    let current = true;
    api
      .request(`apis/${KRATE_GROUP}/${KRATE_VERSION}`)
      .then(response => response.json())
      .then(
        (list: { resources: DiscoveredResource[] }) => {
          const found = list.resources.find(({ name }) => name === plural);
          if (current) setState({ type: found && typeOf(found), missing: !found });
        },
        error => current && setState({ missing: false, error }),
      );
    return () => {
      current = false;
    };
  }, [api, plural]);
  return state;
}

function typeOf({ name, kind, namespaced }: DiscoveredResource): ResourceType {
  return {
    group: KRATE_GROUP,
    version: KRATE_VERSION,
    apiVersion: `${KRATE_GROUP}/${KRATE_VERSION}`,
    kind,
    plural: name,
    resource: `${name}.${KRATE_GROUP}`,
    clusterScoped: !namespaced,
  };
}
