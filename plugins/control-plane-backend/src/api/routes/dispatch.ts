import { notFoundPath } from '../notFoundPath';
import { methodNotAllowed } from '../../resources/errors';
import { ItemCall, ObjectView, ResourceCall, ResourcePath } from '../ApiCall';
import { flag } from '../options';
import { verbOf } from '../verbOf';
import { createRoute } from './create';
import { deleteCollectionRoute, deleteRoute } from './delete';
import { getRoute } from './get';
import { listRoute } from './list';
import { patchRoute } from './patch';
import { updateRoute } from './update';
import { historyRoute, relationsRoute } from './views';
import { watchRoute } from './watch';

type Route = (call: ItemCall) => Promise<void>;

const ON_OBJECT: Readonly<Record<string, Route>> = {
  GET: getRoute,
  HEAD: getRoute,
  PUT: updateRoute,
  PATCH: patchRoute,
  DELETE: deleteRoute,
};
const ON_STATUS: Readonly<Record<string, Route>> = {
  GET: getRoute,
  HEAD: getRoute,
  PUT: updateRoute,
  PATCH: patchRoute,
};
const ON_VIEW: Readonly<Record<ObjectView, Readonly<Record<string, Route>>>> = {
  history: { GET: historyRoute },
  relations: { GET: relationsRoute },
};
const ON_COLLECTION: Readonly<Record<string, (call: ResourceCall) => Promise<void>>> = {
  GET: listRoute,
  HEAD: listRoute,
  POST: createRoute,
  DELETE: deleteCollectionRoute,
};

/** Hands a request on a resource to the route of its verb. */
export function dispatch(call: ResourceCall): Promise<void> {
  const { path, query } = call;
  flag(query, 'watch'); // refuses what is neither true nor false
  if (verbOf(call) === 'watch') return watchRoute(call);
  if (path.name === undefined) return routeOf(ON_COLLECTION, call)(call);
  if (path.name === '') throw notFoundPath();
  return routeOf(routesOf(path), call)({ ...call, path: { ...path, name: path.name } });
}

function routesOf({ view, subresource }: ResourcePath): Readonly<Record<string, Route>> {
  if (view) return ON_VIEW[view];
  return subresource ? ON_STATUS : ON_OBJECT;
}

function routeOf<R>(routes: Readonly<Record<string, R>>, { req, path }: ResourceCall): R {
  const route: R | undefined = routes[req.method];
  if (!route) throw methodNotAllowed(path.kind, req.method.toLowerCase());
  return route;
}
