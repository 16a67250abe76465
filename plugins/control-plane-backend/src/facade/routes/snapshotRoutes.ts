import {
  CREATED_BY_ANNOTATION,
  exportSnapshot,
  importSnapshot,
  ORGANIZATION_LABEL,
} from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute, OrganizationContext, Principal } from '@krate/plugin-control-plane-node';
import {
  ApiError,
  cloneJson,
  isObject,
  JsonObject,
  Kind,
  KRATE_GROUP,
  Resource,
  StatusCause,
} from '@krate/resource-model';
import { refusal } from '../errorBodyOf';
import { FacadeServices } from '../FacadeServices';
import { kindNamed } from '../kindNamed';
import { inOrderOfReference } from '../inOrderOfReference';

const FIELD_MANAGER = 'krate-snapshot';
const PAGE = 500;

/**
 * Export and import of an organization's configuration. An import goes through the same validation as any other write, sees what
 * it brought itself, and stands as a whole or not at all.
 */
export function snapshotRoutes(services: FacadeServices): FacadeRoute[] {
  const { service, kinds, authorizer } = services;
  const ofOrganizations = kinds.all().filter(kind => !kind.platform && !kind.clusterScoped);

  return [
    facadeRoute(exportSnapshot, async context => {
      const { organization, namespace } = context;
      const resourceVersion = String(await services.revision());
      const resources: Resource[] = [];
      const excluded: { kind: string; reason: string }[] = [];
      for (const kind of ofOrganizations) {
        const reason = leftOut(kind) ?? (await mayNotList(kind, context));
        if (reason) excluded.push({ kind: kind.kind, reason });
        else resources.push(...(await everythingOf(kind, context)).map(portable));
      }
      return {
        status: 200,
        body: {
          apiVersion: 'krate.a5c.ai/v1alpha1' as const,
          kind: 'KrateRuntimeSnapshot' as const,
          organizationRef: organization,
          exportedAt: new Date().toISOString(),
          namespace,
          resourceVersion,
          resources,
          excluded,
        },
      };
    }),

    facadeRoute(importSnapshot, async ({ principal, namespace }, { query, body }) => {
      const objects = inOrderOfReference(
        body.resources.map((object, index) => importable(kinds, object, index)),
        kinds,
      );
      const dryRun = query.dryRun ?? false;
      const written = await service.together({ dryRun }, staged =>
        writeAll(objects, { service: staged, principal, namespace }),
      );
      const count = (operation: string) => written.filter(each => each.operation === operation).length;
      const totals = { created: count('created'), configured: count('configured') };
      return { status: 200, body: { dryRun, ...totals, resources: written } };
    }),
  ];

  async function mayNotList(kind: Kind, { principal, namespace }: OrganizationContext) {
    const attributes = { verb: 'list', group: kind.group, resource: kind.plural, namespace };
    const { allowed, reason } = await authorizer.authorize(principal, attributes);
    return allowed ? undefined : reason;
  }
}

function leftOut(kind: Kind): string | undefined {
  if (kind.kind === 'Secret') return 'values are never shown: make the secrets anew';
  if (kind.storage === 'record') return 'a record of work, which is not repeated elsewhere';
  if (kind.group !== KRATE_GROUP || kind.writableBy === 'system') return 'made by the system';
  return undefined;
}

async function everythingOf(kind: Kind, { list }: OrganizationContext): Promise<Resource[]> {
  const items: Resource[] = [];
  let next: string | undefined;
  do {
    const page = await list(kind, { limit: PAGE, continue: next });
    items.push(...page.items);
    next = page.continue;
  } while (next);
  return items;
}

/** What a person would have written: nothing that the server owns, and nothing that ties it to this organization. */
function portable({ apiVersion, kind, metadata, spec }: Resource): Resource {
  const { [ORGANIZATION_LABEL]: _label, ...labels } = metadata.labels ?? {};
  const { [CREATED_BY_ANNOTATION]: _creator, ...annotations } = metadata.annotations ?? {};
  const { organizationRef: _organization, ...rest } = spec as JsonObject;
  const some = (map: object) => Object.keys(map).length > 0;
  const kept = {
    name: metadata.name,
    ...(some(labels) ? { labels } : {}),
    ...(some(annotations) ? { annotations } : {}),
  };
  return { apiVersion, kind, metadata: kept, spec: rest } as unknown as Resource;
}

/** One object of a snapshot, with where it stood. */
export interface Imported {
  kind: Kind;
  name: string;
  object: JsonObject;
  field: string;
}

function importable(
  kinds: FacadeServices['kinds'],
  given: { kind: string; metadata: { name: string } } & Record<string, unknown>,
  index: number,
): Imported {
  const field = `resources.${index}`;
  const kind = kindNamed(kinds, given.kind);
  const why = leftOut(kind);
  if (why) throw refusal('Invalid', 'KIND_NOT_IMPORTABLE', `${kind.kind} is not imported: ${why}`, { field });
  const { name } = given.metadata;
  const object = portable(cloneJson({ ...given, spec: isObject(given.spec) ? given.spec : {} }) as never);
  return { kind, name, field, object: { ...object, apiVersion: kind.apiVersion, kind: kind.kind } };
}

/** What became of one object. */
interface Written {
  kind: string;
  name: string;
  operation: 'created' | 'configured';
}

/** Writes one after another, each on top of the ones before; throws with everything that is refused. */
async function writeAll(
  objects: readonly Imported[],
  write: { service: FacadeServices['service']; principal: Principal; namespace: string },
): Promise<Written[]> {
  const { service, ...target } = write;
  const written: Written[] = [];
  const refused: StatusCause[] = [];
  for (const { kind, name, object, field } of objects) {
    try {
      const { created } = await service.apply({
        ...{ ...target, kind, name, fieldManager: FIELD_MANAGER, force: true, fieldValidation: 'Strict' },
        object: { ...object, metadata: { ...(object.metadata as object), namespace: target.namespace } },
      });
      written.push({ kind: kind.kind, name, operation: created ? 'created' : 'configured' });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code >= 500) throw error;
      refused.push({ reason: error.reason, field, message: error.message });
    }
  }
  if (refused.length > 0) throw refusedImport(refused);
  return written;
}

function refusedImport(causes: StatusCause[]): ApiError {
  const [first] = causes;
  const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : '';
  return new ApiError('Invalid', `The snapshot cannot be imported: ${first.field}: ${first.message}${more}`, {
    causes: causes.slice(0, 100),
  });
}
