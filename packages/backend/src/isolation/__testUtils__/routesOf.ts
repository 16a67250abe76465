import type { Application } from 'express';

/** What Express keeps of each `use` and each route; it has no types for it. */
interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  regexp: RegExp;
  keys: { name: string }[];
  handle: ((...args: never[]) => unknown) & { stack?: Layer[]; _router?: { stack: Layer[] } };
}

const ERROR_HANDLER_ARGUMENTS = 4;

/**
 * Every route that a running Express application has, as `GET /api/catalog/entities/by-uid/:uid`. What is mounted at a path
 * of its own, or never calls a next handler, and shows no routes is `ALL <path>/**`: whoever adds such a one says what is in it.
 */
export function routesOf(app: Application): string[] {
  const { stack } = (app as unknown as { _router: { stack: Layer[] } })._router;
  return [...new Set(stack.flatMap(layer => routesIn(layer, '')))].sort();
}

function routesIn({ route, regexp, keys, handle }: Layer, prefix: string): string[] {
  if (route) {
    const methods = Object.keys(route.methods).map(method =>
      method === '_all' ? 'ALL' : method.toUpperCase(),
    );
    return methods.flatMap(method => [route.path].flat().map(path => `${method} ${prefix}${path}`));
  }
  const path = `${prefix}${mountedAt(regexp, keys)}`;
  const inner = handle.stack ?? handle._router?.stack;
  if (inner) return inner.flatMap(layer => routesIn(layer, path));
  const ownPath = path !== prefix && handle.length < ERROR_HANDLER_ARGUMENTS;
  // express-promise-router hides a mounted application behind a function of its name.
  const terminal = handle.length < 3 || ownPath || handle.name === 'app';
  return terminal ? [`ALL ${path}/**`] : [];
}

/** The path of a `use`, from the expression that Express made of it. */
function mountedAt({ source }: RegExp, keys: { name: string }[]): string {
  const names = keys.map(({ name }) => name);
  return source
    .replace(/^\^/, '')
    .replace(/\\\/\?\(\?=\\\/\|\$\)$/, '')
    .replace(/\(\?:\\\/\(\[\^\/\]\+\?\)\)/g, () => `/:${names.shift()}`)
    .replace(/\\(.)/g, '$1')
    .replace(/^\/\?$/, '');
}
