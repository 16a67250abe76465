import { LoggerService } from '@backstage/backend-plugin-api';
import { ResourceClient } from '@krate/controller-runtime';
import {
  EventStream,
  Kind,
  KindRegistry,
  Resource,
  ResourceOf,
  Route,
  RouteAnswer,
  RouteInput,
  RouteOutput,
} from '@krate/resource-model';
import type { Request } from 'express';
import type { z } from 'zod';
import { Principal } from './principal';

/** What a handler of the REST facade works with. It acts as the caller and has no other way to read or write. */
export interface FacadeContext {
  principal: Principal;
  /** Acts with exactly the caller's rights, through the same admission as every other write. */
  client: ResourceClient;
  kinds: KindRegistry;
  /** Absent where an action calls the handler. */
  request?: Request;
  /** The `x-request-id` of the request. */
  correlationId: string;
  /** Writes the correlation id along. */
  logger: LoggerService;
  /** Aborts when the caller has gone or the server stops. */
  signal: AbortSignal;
}

/** One page of a kind's objects. */
export interface ResourcePage<R extends Resource = Resource> {
  items: R[];
  total: number;
  kind: string;
  resourceVersion: string;
  continue?: string;
}

/** How a page is asked for; the words of the Kubernetes API. */
export interface PageQuery {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
}

/** One change that {@link OrganizationContext.follow} tells of. */
export interface FollowedChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  kind: Kind;
  object: Resource;
}

/** A handler's context for a route below `/api/orgs/{org}`: the organization exists and the caller may see it. */
export interface OrganizationContext extends FacadeContext {
  organization: string;
  namespace: string;
  /** @throws ApiError NotFound */
  read<K extends Kind>(kind: K, name: string): Promise<ResourceOf<K>>;
  list<K extends Kind>(kind: K, query?: PageQuery): Promise<ResourcePage<ResourceOf<K>>>;
  remove(kind: Kind, name: string): Promise<{ deleted: boolean; name: string; kind: string }>;
  /**
   * Reads an object again and again until `done` says so, for at most `seconds`; the last reading then. For answers that
   * tell what became of a write which a reconciler takes up.
   *
   * @throws ApiError NotFound when the object is not there
   */
  waitFor<K extends Kind>(
    kind: K,
    name: string,
    done: (object: ResourceOf<K>) => boolean,
    seconds: number,
  ): Promise<ResourceOf<K>>;
  /**
   * Changes of kinds in the organization as server-sent events. Each change arrives at least once: after a break a client
   * resumes from its `Last-Event-ID`, and one that comes too late is told by an event of type `reset`.
   */
  follow(
    kinds: readonly Kind[],
    describe: (change: FollowedChange) => readonly { type: string; payload: Record<string, unknown> }[],
  ): Promise<EventStream>;
}

type ContextOf<Path extends string> = Path extends `${string}{org}${string}`
  ? OrganizationContext
  : FacadeContext;

/** A declared route and what answers it. */
export interface FacadeRoute {
  route: Route;
  /** Typed by {@link facadeRoute}, where the route is known; whoever calls it has checked the input by the declaration. */
  handle(context: never, input: never): Promise<{ status: number; body: unknown }>;
}

/** Ties a handler to the declaration of its route; input and answers are typed by the declaration. */
export function facadeRoute<
  Path extends string,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answers extends Readonly<Record<number, RouteAnswer>>,
>(
  route: Route<Path, Params, Query, Body, Answers>,
  handle: (
    context: ContextOf<Path>,
    input: RouteInput<Params, Query, Body>,
  ) => Promise<RouteOutput<NoInfer<Answers>>>,
): FacadeRoute {
  return { route, handle };
}

/** What an area brings to the REST facade. */
export interface FacadeContribution {
  routes?: readonly FacadeRoute[];
  /**
   * Its part of `GET /api/controller?org=`: `parts` are merged into the model at the top, `views` into its `views`. What the
   * caller may not read is left out, never a reason to fail.
   */
  model?(context: OrganizationContext): Promise<{
    parts?: Record<string, unknown>;
    views?: Record<string, unknown>;
  }>;
}
