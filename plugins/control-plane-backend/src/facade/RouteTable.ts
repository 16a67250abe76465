import { FacadeRoute } from '@krate/plugin-control-plane-node';

/** What a path leads to. */
export interface Match {
  route: FacadeRoute;
  /** Decoded path parameters. */
  params: Record<string, string>;
}

interface Entry {
  segments: string[];
  route: FacadeRoute;
}

/** The routes of the facade by their paths. A fixed segment goes before a parameter, whatever the order of the areas. */
export class RouteTable {
  private readonly entries: Entry[];

  /** @throws Error when two routes have the same method and path, or the same id */
  constructor(routes: readonly FacadeRoute[]) {
    const seen = new Set<string>();
    for (const { route } of routes) {
      for (const name of [route.id, `${route.method} ${route.path.replace(/\{[^}]*\}/g, '{}')}`]) {
        if (seen.has(name)) throw new Error(`Two routes of the REST facade are ${name}`);
        seen.add(name);
      }
    }
    this.entries = routes
      .map(route => ({ route, segments: segmentsOf(route.route.path) }))
      .sort((a, b) => fixedness(b).localeCompare(fixedness(a)));
  }

  /** The route of a request; `allowed` are the methods of a path that exists without this one. */
  match(method: string, path: string): Match | { allowed: string[] } {
    const segments = segmentsOf(path);
    const fitting = this.entries.flatMap(({ segments: template, route }) => {
      const params = paramsOf(template, segments);
      return params ? [{ route, params }] : [];
    });
    const found = fitting.find(({ route }) => route.route.method === (method === 'HEAD' ? 'GET' : method));
    return found ?? { allowed: [...new Set(fitting.map(({ route }) => route.route.method))] };
  }
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\/+|\/+$/g, '').split('/');
}

function fixedness({ segments }: Entry): string {
  return segments.map(segment => (segment.startsWith('{') ? '0' : '1')).join('');
}

function paramsOf(template: string[], segments: string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    if (part.startsWith('{')) params[part.slice(1, -1)] = decoded(segments[index]);
    else if (part !== segments[index]) return undefined;
  }
  return params;
}

/** What is not validly encoded is no name of anything, so the schema of the parameter refuses it. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
