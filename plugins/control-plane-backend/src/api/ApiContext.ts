import { LoggerService } from '@backstage/backend-plugin-api';
import { Principal } from '@krate/plugin-control-plane-node';
import { Kind, KindRegistry } from '@krate/resource-model';
import type { Request } from 'express';
import { Authorizer } from '../identity/Authorizer';
import type { AnsweredRequest } from '../metrics/Metrics';
import { ResourceService } from '../resources';
import { OpenWatches } from './OpenWatches';

/** A part that must work before the server counts as ready; throws what is wrong. */
export type ReadinessCheck = () => void | Promise<void>;

/** What the HTTP face of the resource API is made of. */
export interface ApiRouterOptions {
  service: ResourceService;
  kinds: KindRegistry;
  authorizer: Authorizer;
  /** Who makes a request; `anonymous` without credentials, throws on bad ones. */
  authenticate(request: Request): Promise<Principal>;
  logger: LoggerService;
  /** The names of what acts on objects of a kind, told to those who look at it; undefined, as by default, when not known. */
  controllersOf?(kind: Kind): readonly string[] | undefined;
  readiness?: Readonly<Record<string, ReadinessCheck>>;
  /** Told of every answered request on a resource. */
  answered?(request: AnsweredRequest): void;
  now?(): Date;
  /** How often a watch that asks for bookmarks gets one, in milliseconds. Default 30 s. */
  bookmarkInterval?: number;
  /** How often an open watch is asked again whether its credentials hold and its principal may watch, in milliseconds. Default 30 s. */
  recheckInterval?: number;
  /** How long a client may not read before its watch is cut off, in milliseconds. Default 30 s. */
  stallTimeout?: number;
}

export interface ApiContext extends Required<ApiRouterOptions> {
  watches: OpenWatches;
}
