import { KindRegistry } from '@krate/resource-model';
import { ObjectView, ResourcePath } from './ApiCall';

const VIEWS: readonly string[] = ['history', 'relations'] satisfies ObjectView[];

/**
 * What a path below the mount names, by the rules of the Kubernetes API: `/api/v1/…` for core kinds, `/apis/<group>/<version>/…`
 * for all others. Undefined for what no kind answers to.
 */
export function resolvePath(kinds: KindRegistry, segments: readonly string[]): ResourcePath | undefined {
  if (segments[0] === 'api' && segments[1] === 'v1') return resolve(kinds, '', 'v1', segments.slice(2));
  if (segments[0] === 'apis' && segments.length > 2)
    return resolve(kinds, segments[1], segments[2], segments.slice(3));
  return undefined;
}

function resolve(
  kinds: KindRegistry,
  group: string,
  version: string,
  rest: readonly string[],
): ResourcePath | undefined {
  // Also the path of a Namespace itself: /namespaces/<name>, /namespaces/<name>/status.
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2 && !(group === '' && isPart(rest[2]));
  const [plural, name, subresource, ...more] = inNamespace ? rest.slice(2) : rest;
  if (!plural || more.length > 0) return undefined;

  const kind = kinds.byResource(group, plural);
  if (!kind || kind.version !== version) return undefined;
  if (kind.clusterScoped ? inNamespace : name !== undefined && !inNamespace) return undefined;
  const namespace = inNamespace ? rest[1] : undefined;
  if (subresource !== undefined && VIEWS.includes(subresource))
    return { kind, namespace, name, view: subresource as ObjectView };
  if (subresource !== undefined && (subresource !== 'status' || !hasStatus(kind))) return undefined;
  return { kind, namespace, name, subresource: subresource as 'status' | undefined };
}

function isPart(segment: string): boolean {
  return segment === 'status' || VIEWS.includes(segment);
}

/** Whether objects of a kind have a status of their own to write. */
export function hasStatus(kind: { flat?: boolean; status?: unknown }): boolean {
  return !kind.flat || kind.status !== undefined;
}
