import { Entity } from '@backstage/catalog-model';

/** Ties a Component to a repository, as `<organization>/<name>`. It grants nothing: pages ask the API as their viewer. */
export const REPOSITORY_ANNOTATION = 'krate.a5c.ai/repository';

/** The repository an entity stands for, if it stands for one. */
export function repositoryOf(entity: Entity): { organization: string; repository: string } | undefined {
  const [, organization, repository] =
    /^([^/]+)\/([^/]+)$/.exec(entity.metadata.annotations?.[REPOSITORY_ANNOTATION] ?? '') ?? [];
  return organization && repository ? { organization, repository } : undefined;
}
