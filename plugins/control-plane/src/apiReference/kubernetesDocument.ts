/** An OpenAPI document, as far as it is looked into here. */
export interface ApiDocument {
  paths: Record<string, unknown>;
  [part: string]: unknown;
}

/** The plural that a path of the Kubernetes API is about; undefined for paths about none. */
function resourceOf(path: string): string | undefined {
  const rest = path.split('/v1alpha1/', 2).at(1);
  const parts = rest?.split('/') ?? [];
  return (parts[0] === 'namespaces' && parts.length > 2 ? parts[2] : parts[0]) || undefined;
}

/** Every resource that a document describes, by name. */
export function resourcesOf({ paths }: ApiDocument): string[] {
  return [...new Set(Object.keys(paths).flatMap(path => resourceOf(path) ?? []))].sort();
}

/** The same document with the paths of one resource only. */
export function ofResource(document: ApiDocument, resource: string): ApiDocument {
  const own = Object.entries(document.paths).filter(([path]) => resourceOf(path) === resource);
  return { ...document, paths: Object.fromEntries(own) };
}
