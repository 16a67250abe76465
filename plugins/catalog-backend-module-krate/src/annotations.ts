/** Ties an entity to its resource: `<plural>/<namespace>/<name>`. */
export const RESOURCE_ANNOTATION = 'krate.a5c.ai/resource';
/** The organization whose members may see the entity; the permission policy reads it. */
export const ORGANIZATION_ANNOTATION = 'krate.a5c.ai/org';
/** `<organization>/<repository>`: gives an entity the tabs of a repository. It grants nothing. */
export const REPOSITORY_ANNOTATION = 'krate.a5c.ai/repository';
