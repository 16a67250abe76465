import type { Action } from '@krate/resource-model';
import { ApiClient } from '../ApiClient';

type Json = Record<string, unknown>;

interface Operation {
  method: string;
  path: string;
  action: Action;
  /** Names of the inputs that belong into the query. */
  query: string[];
}

/** A tool as MCP describes it. */
export interface McpTool {
  [key: string]: unknown;
  name: string;
  description: string;
  inputSchema: { type: 'object'; properties: Record<string, object>; required: string[] };
  annotations: {
    title: string;
    readOnlyHint: boolean;
    destructiveHint: boolean;
    idempotentHint: boolean;
    openWorldHint: boolean;
  };
}

/**
 * The tools of an MCP client, read from the server that it works with: a route that is added there, by an area or by a plugin
 * from elsewhere, is a tool here. Calls have the rights of the signed-in person.
 */
export class McpTools {
  private constructor(
    private readonly client: ApiClient,
    private readonly operations: ReadonlyMap<string, Operation>,
    private readonly organization: string | undefined,
  ) {}

  /** @param organization - meant where a call names none */
  static async load(client: ApiClient, organization: string | undefined): Promise<McpTools> {
    const document = await (await client.request('/api/openapi.json')).json();
    const operations = Object.entries(document.paths as Record<string, Json>).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) => {
        const { 'x-krate-action': action, parameters } = operation as {
          'x-krate-action'?: Action;
          parameters: { name?: string; in?: string }[];
        };
        if (!action) return [];
        const query = parameters.flatMap(({ name, in: place }) => (name && place === 'query' ? [name] : []));
        return [[toolName(action), { method: method.toUpperCase(), path, action, query }] as const];
      }),
    );
    return new McpTools(client, new Map(operations), organization);
  }

  list(): McpTool[] {
    return [...this.operations].map(([name, { action }]) => ({
      name,
      description: action.description,
      inputSchema: this.inputSchemaOf(action),
      annotations: {
        title: action.title,
        readOnlyHint: action.readOnly,
        destructiveHint: action.asksFirst,
        idempotentHint: action.idempotent,
        openWorldHint: false,
      },
    }));
  }

  /** The organization of the login need not be named. */
  private inputSchemaOf({ input }: Action): McpTool['inputSchema'] {
    const schema = input as McpTool['inputSchema'];
    return { ...schema, required: schema.required.filter(field => field !== 'org' || !this.organization) };
  }

  has(name: string): boolean {
    return this.operations.has(name);
  }

  /** Does what the tool says; what cannot be taken back is asked of the person first. */
  async call(name: string, given: Json): Promise<unknown> {
    const { method, path, action, query } = this.operations.get(name)!;
    const input: Json = { ...(this.organization && { org: this.organization }), ...given };
    if (action.asksFirst) return this.client.post('action-requests', { action: action.name, input });
    const left = { ...input };
    const take = (field: string) => {
      const value = left[field];
      delete left[field];
      return value;
    };
    const filled = path.replace(/\{(\w+)\}/g, (_, field) => encodeURIComponent(String(take(field) ?? '')));
    const parameters = new URLSearchParams(
      query.flatMap(field => {
        const value = take(field);
        return value === undefined ? [] : [[field, String(value)]];
      }),
    ).toString();
    const body = action.bodyAs ? left[action.bodyAs] : left;
    const response = await this.client.request(parameters ? `${filled}?${parameters}` : filled, {
      method,
      ...(method !== 'GET' && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      }),
    });
    return response.json();
  }
}

/** `krate_list_resources` */
function toolName({ name }: Action): string {
  return `krate_${name.replaceAll('-', '_')}`;
}
