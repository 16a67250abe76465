import { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { namespaceOf, organizationOf } from '@krate/plugin-control-plane-common';
import { createContext, ReactNode, useContext } from 'react';
import { OrganizationProvider } from '../organization';

/** Names the resource that a catalog entity mirrors: `<plural>/<namespace>/<name>`. It grants nothing. */
const RESOURCE_ANNOTATION = 'krate.a5c.ai/resource';

export interface ResourceLocation {
  plural: string;
  organization: string;
  /** Where the organization's objects are; an organization itself lives elsewhere. */
  namespace: string;
  name: string;
}

const ResourceContext = createContext<ResourceLocation | undefined>(undefined);

/** The resource whose entity's page this is. */
export function useResourceOfEntity(): ResourceLocation {
  const location = useContext(ResourceContext);
  if (!location) throw new Error('useResourceOfEntity belongs below a ResourceOfEntity');
  return location;
}

/** What an entity mirrors; undefined when it is no entity of Krate's, or its annotation is not three names. */
export function resourceOfEntity(entity: Entity): ResourceLocation | undefined {
  const [plural, namespace, name, ...rest] =
    entity.metadata.annotations?.[RESOURCE_ANNOTATION]?.split('/') ?? [];
  if (!plural || !namespace || !name || rest.length > 0) return undefined;
  const organization = plural === 'organizations' ? name : organizationOf(namespace);
  return organization ? { plural, organization, namespace: namespaceOf(organization), name } : undefined;
}

/** A filter of entity cards and tabs: entities that mirror an object of one of the kinds. */
export function mirrors(...plurals: readonly string[]): (entity: Entity) => boolean {
  return entity => plurals.includes(resourceOfEntity(entity)?.plural ?? '');
}

/** Gives a card or tab on an entity's page the resource and the organization that the entity names. */
export function ResourceOfEntity({ children }: { children: ReactNode }) {
  const { entity } = useEntity();
  const location = resourceOfEntity(entity);
  if (!location) return null;
  return (
    <OrganizationProvider organization={location.organization}>
      <ResourceContext.Provider value={location}>{children}</ResourceContext.Provider>
    </OrganizationProvider>
  );
}
