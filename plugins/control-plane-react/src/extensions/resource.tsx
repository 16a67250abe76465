import { Resource } from '@krate/resource-model';
import { createContext, ReactNode, useContext } from 'react';
import { ResourceType } from '../resource/identity';

export interface ResourceOnPage<R = Resource> {
  organization: string;
  type: ResourceType;
  /** Live: a tab or an action sees every change without asking. */
  object: R;
}

const ResourceContext = createContext<ResourceOnPage | undefined>(undefined);

/**
 * The object whose page this is, for tabs and actions. The type argument is the kind's own, since a tab says itself which
 * kinds it is for: `useResourceOnPage<Greeting>()`.
 */
export function useResourceOnPage<R = Resource>(): ResourceOnPage<R> {
  const page = useContext(ResourceContext);
  if (!page) throw new Error('useResourceOnPage belongs on the page of a resource');
  return page as unknown as ResourceOnPage<R>;
}

/** Says below it which object's page this is. */
export function ResourceProvider({ page, children }: { page: ResourceOnPage; children: ReactNode }) {
  return <ResourceContext.Provider value={page}>{children}</ResourceContext.Provider>;
}
