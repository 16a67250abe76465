import { Principal } from '@krate/plugin-control-plane-node';
import { Kind } from '@krate/resource-model';
import type { Request, Response } from 'express';
import { ApiContext } from './ApiContext';

/** One authenticated request. */
export interface ApiCall {
  context: ApiContext;
  req: Request;
  res: Response;
  principal: Principal;
  query: URLSearchParams;
}

/** What a resource path names. */
export interface ResourcePath {
  kind: Kind;
  namespace?: string;
  /** Absent for a collection. */
  name?: string;
  subresource?: 'status';
  /** Something told of the object rather than a part of it: read only, allowed to whoever may get the object. */
  view?: ObjectView;
}

export type ObjectView = 'history' | 'relations';

/** One authenticated request on a resource. */
export interface ResourceCall extends ApiCall {
  path: ResourcePath;
}

/** One on a single object. */
export interface ItemCall extends ResourceCall {
  path: ResourcePath & { name: string };
}
