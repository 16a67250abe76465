import { Kind, KindRegistry } from '@krate/resource-model';
import { refusal } from './errorBodyOf';

/**
 * The kind that a caller names, by any of its names and in any case. Kinds that are in no organization are not addressed through
 * one.
 *
 * @throws ApiError NotFound KIND_NOT_FOUND, or Invalid KIND_NOT_IN_ORGANIZATION
 */
export function kindNamed(kinds: KindRegistry, name: string): Kind {
  const wanted = name.toLowerCase();
  const kind = kinds
    .all()
    .find(each =>
      [each.kind.toLowerCase(), each.plural, each.resource, ...(each.shortNames ?? [])].includes(wanted),
    );
  if (!kind) {
    const message = `There is no kind "${name}" here; an area that is not installed has none`;
    throw refusal('NotFound', 'KIND_NOT_FOUND', message, { field: 'kind' });
  }
  if (kind.platform || kind.clusterScoped) {
    const message = `Objects of ${kind.kind} are in no organization; use the Kubernetes API for them`;
    throw refusal('Invalid', 'KIND_NOT_IN_ORGANIZATION', message, { field: 'kind' });
  }
  return kind;
}
