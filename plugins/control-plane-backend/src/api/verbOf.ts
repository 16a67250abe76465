import { ResourceCall } from './ApiCall';
import { isSet } from './options';

const ON_OBJECT: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const ON_COLLECTION: Readonly<Record<string, string>> = {
  GET: 'list',
  HEAD: 'list',
  POST: 'create',
  DELETE: 'deletecollection',
};

/** The verb of a request on a resource, as Kubernetes names it; `other` for methods that no resource has. Never throws: it is asked after the answer. */
export function verbOf({ req, path, query }: ResourceCall): string {
  if (req.method === 'GET' && !path.subresource && !path.view && isSet(query, 'watch')) return 'watch';
  const verbs = path.name === undefined ? ON_COLLECTION : ON_OBJECT;
  return verbs[req.method] ?? 'other';
}
