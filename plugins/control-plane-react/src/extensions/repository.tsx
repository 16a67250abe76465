import { namespaceOf } from '@krate/plugin-control-plane-common';
import { useEntity } from '@backstage/plugin-catalog-react';
import { createContext, ReactNode, useContext } from 'react';

/** Names a Krate repository on any catalog entity: `<org>/<name>`. It grants nothing; the API decides what its viewer sees. */
export const REPOSITORY_ANNOTATION = 'krate.a5c.ai/repository';

export interface RepositoryLocation {
  organization: string;
  namespace: string;
  repository: string;
}

const RepositoryContext = createContext<RepositoryLocation | undefined>(undefined);

/** The repository whose tab this is, wherever the tab is mounted. */
export function useRepository(): RepositoryLocation {
  const location = useContext(RepositoryContext);
  if (!location) throw new Error('useRepository belongs below a RepositoryProvider');
  return location;
}

export function RepositoryProvider({
  organization,
  repository,
  children,
}: {
  organization: string;
  repository: string;
  children: ReactNode;
}) {
  return (
    <RepositoryContext.Provider value={{ organization, namespace: namespaceOf(organization), repository }}>
      {children}
    </RepositoryContext.Provider>
  );
}

/** The annotation's two names; undefined when it is absent or not two names. */
export function parseRepositoryAnnotation(
  value: string | undefined,
): { organization: string; repository: string } | undefined {
  const [organization, repository, ...rest] = value?.split('/') ?? [];
  return organization && repository && rest.length === 0 ? { organization, repository } : undefined;
}

/** Gives a tab on an entity page the repository that the entity names. */
export function RepositoryOfEntity({ children }: { children: ReactNode }) {
  const { entity } = useEntity();
  const named = parseRepositoryAnnotation(entity.metadata.annotations?.[REPOSITORY_ANNOTATION]);
  if (!named) return null;
  return <RepositoryProvider {...named}>{children}</RepositoryProvider>;
}
