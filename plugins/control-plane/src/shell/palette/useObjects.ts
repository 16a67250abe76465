import { useApi } from '@backstage/core-plugin-api';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { krateApiRef, liveListOf, MenuObjects } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { useEffect, useState } from 'react';

export interface FoundObject {
  of: MenuObjects;
  object: Resource;
}

/** The objects of all kinds that the palette finds by name, live while it is open. */
export function useObjects(
  kinds: readonly MenuObjects[],
  organization: string | undefined,
): readonly FoundObject[] {
  const { live } = useApi(krateApiRef);
  const [found, setFound] = useState<readonly FoundObject[]>([]);
  useEffect(() => {
    if (!organization) return undefined;
    const lists = kinds.map(of => ({
      of,
      list: liveListOf(live, {
        group: of.kind.group,
        resource: of.kind.plural,
        namespace: namespaceOf(organization),
      }),
    }));
    const show = () =>
      setFound(lists.flatMap(({ of, list }) => list.state().items.map(object => ({ of, object }))));
    const stops = lists.map(({ list }) => list.follow(show));
    show();
    return () => stops.forEach(stop => stop());
  }, [live, kinds, organization]);
  return found;
}
