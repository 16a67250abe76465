import {
  applyResource,
  deleteResource,
  getResource,
  listResources,
  listRuntimeResources,
} from '@krate/plugin-control-plane-common';
import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import { cloneJson, JsonObject, Resource } from '@krate/resource-model';
import { refusal } from '../errorBodyOf';
import { FacadeServices } from '../FacadeServices';
import { kindNamed } from '../kindNamed';

const FIELD_MANAGER = 'krate-api';

/** Objects of any kind, addressed through their organization. */
export function resourceRoutes({ service, kinds }: FacadeServices): FacadeRoute[] {
  return [
    facadeRoute(listResources, async (context, { query: { kind, ...page } }) => ({
      status: 200,
      body: await context.list(kindNamed(kinds, kind), page),
    })),

    facadeRoute(listRuntimeResources, async (context, { params, query }) => {
      const kind = kindNamed(kinds, params.kind);
      if (kind.storage !== 'record') {
        const message = `${kind.kind} is configuration, no record of work: list it under /resources`;
        throw refusal('Invalid', 'KIND_NOT_RUNTIME', message, { field: 'path.kind' });
      }
      return { status: 200, body: await context.list(kind, query) };
    }),

    facadeRoute(applyResource, async ({ principal, organization, namespace }, { query, body }) => {
      const kind = kindNamed(kinds, body.kind);
      const { force, dryRun } = query;
      const written = await service.apply({
        ...{ principal, kind, namespace, force, dryRun },
        name: body.metadata.name,
        object: inOrganization(body, { organization, namespace, ...kind }),
        fieldManager: FIELD_MANAGER,
        fieldValidation: 'Strict',
      });
      const resource = cloneJson(written.object) as unknown as Resource;
      const about = { created: written.created, name: body.metadata.name, resource };
      if (written.created) return { status: 201, body: { operation: 'created' as const, ...about } };
      return { status: 200, body: { operation: 'configured' as const, ...about } };
    }),

    facadeRoute(getResource, async (context, { params: { kind, name } }) => ({
      status: 200,
      body: await context.read(kindNamed(kinds, kind), name),
    })),

    facadeRoute(deleteResource, async (context, { params: { kind, name } }) => ({
      status: 200,
      body: await context.remove(kindNamed(kinds, kind), name),
    })),
  ];
}

/** The object with its kind's full name and its place filled in; a place that is another one is told. */
function inOrganization(
  body: { kind: string; metadata: { name: string; namespace?: string } } & Record<string, unknown>,
  home: { organization: string; namespace: string; kind: string; apiVersion: string },
): JsonObject {
  const { apiVersion, kind, namespace } = home;
  if (body.metadata.namespace !== undefined && body.metadata.namespace !== namespace) {
    const message = `Objects of the organization ${home.organization} are in the namespace ${namespace}; leave it out`;
    throw refusal('Invalid', 'ORG_NAMESPACE_MISMATCH', message, { field: 'metadata.namespace' });
  }
  return {
    ...body,
    apiVersion: body.apiVersion ?? apiVersion,
    kind,
    metadata: { ...body.metadata, namespace },
  };
}
