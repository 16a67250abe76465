import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { ListOptions, NamespacedName, ResourceClient } from '@krate/controller-runtime';
import { ApiError, cloneJson, JsonObject, Kind, Resource } from '@krate/resource-model';
import { Requirement } from '@krate/resource-store';
import { followCollection } from './followCollection';
import { Selection } from './requests';
import type { ResourceService } from './ResourceService';
import { metadataOf } from './WireObject';

/** The resource API for code in this process, acting as one principal: the same verbs and refusals as over HTTP. */
export function createResourceClient(service: ResourceService, principal: Principal): ResourceClient {
  const addressed = (kind: Kind, key: NamespacedName) => ({
    principal,
    kind,
    name: key.name,
    namespace: homeOf(kind, key.namespace),
  });
  const ofObject = (kind: Kind, object: { metadata: JsonObject | object }) =>
    addressed(kind, metadataOf(object as unknown as JsonObject) as NamespacedName);
  const collection = (kind: Kind, options: ListOptions) => ({
    principal,
    kind,
    namespace: kind.clusterScoped ? undefined : options.namespace,
    ...selection(options),
  });

  const client: ResourceClient = {
    async get(kind, key) {
      try {
        return typed(cloneJson((await service.get(addressed(kind, key))).object));
      } catch (error) {
        if (error instanceof ApiError && error.reason === 'NotFound') return undefined;
        throw error;
      }
    },
    async list(kind, options = {}) {
      const { items, resourceVersion } = await service.list(collection(kind, options));
      return { items: items.map(({ object }) => typed(cloneJson(object))), resourceVersion };
    },
    async create(kind, object) {
      const { namespace } = ofObject(kind, object);
      return written(
        service.create({
          principal,
          kind,
          namespace,
          object: input(kind, object),
          fieldValidation: 'Strict',
        }),
      );
    },
    async update(kind, object) {
      return written(
        service.update({ ...ofObject(kind, object), object: input(kind, object), fieldValidation: 'Strict' }),
      );
    },
    async updateStatus(kind, object) {
      const target = { ...ofObject(kind, object), subresource: 'status' as const };
      return written(service.update({ ...target, object: input(kind, object), fieldValidation: 'Strict' }));
    },
    async patch(kind, key, patch) {
      return written(
        service.patch({ ...addressed(kind, key), type: 'merge', patch, fieldValidation: 'Strict' }),
      );
    },
    async apply(kind, object, options) {
      return written(
        service.apply({
          ...ofObject(kind, object),
          ...options,
          object: input(kind, object),
          fieldValidation: 'Strict',
        }),
      );
    },
    async delete(kind, key, { uid, propagationPolicy } = {}) {
      const preconditions = uid ? { uid } : undefined;
      await service.delete({ ...addressed(kind, key), preconditions, propagationPolicy });
    },
    watch(kind, { signal, resourceVersion, previous, ...options }) {
      const following = { signal, resourceVersion, previous };
      return followCollection(service, collection(kind, options), following) as never;
    },
  };
  return client;
}

/** Kinds of the platform live in one namespace, which callers need not name. */
function homeOf(kind: Kind, namespace: string | undefined): string | undefined {
  if (kind.clusterScoped) return undefined;
  return namespace ?? (kind.platform ? PLATFORM_NAMESPACE : undefined);
}

function selection({ labels, fields }: ListOptions): Selection {
  return {
    labels:
      labels &&
      Object.entries(labels).map(([key, value]): Requirement => ({ key, operator: 'In', values: [value] })),
    fields: fields && Object.entries(fields).map(([path, value]) => ({ path, value })),
  };
}

/** A copy without `undefined` fields: what would go over the wire. Callers name the kind by its declaration, not twice. */
function input(kind: Kind, object: object): JsonObject {
  return { apiVersion: kind.apiVersion, kind: kind.kind, ...(cloneJson(object) as JsonObject) };
}

async function written(write: Promise<{ object: JsonObject }>): Promise<never> {
  return typed(cloneJson((await write).object));
}

/** The service speaks JSON; the kind's schema, which it enforces, is what makes this the kind's type. */
function typed(object: JsonObject): never {
  return object as unknown as Resource as never;
}
