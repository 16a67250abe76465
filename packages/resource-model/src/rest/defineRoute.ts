import { z } from 'zod';

/** The methods a route of the REST facade may have. */
export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One way a route answers when it does what was asked. */
export interface RouteAnswer<Body extends z.ZodType = z.ZodType> {
  description: string;
  body: Body;
  /** Default `application/json`. */
  contentType?: 'application/json' | 'text/event-stream';
}

/** How a route is offered as an action. What is left out follows from the route. */
export interface RouteAction {
  /** Default: the route's id in kebab case, `list-resources`. */
  name?: string;
  /** A person agrees in the portal before it is done. Default: deletions. */
  asksFirst?: boolean;
  /** The body as one input of this name. Default: every field of it is an input. */
  bodyAs?: string;
}

/**
 * Everything a route of the REST facade says about itself. The server checks requests by it, the OpenAPI document and with it the
 * client and the reference are derived from it; a handler in a backend package implements it.
 */
export interface RouteDeclaration<
  Path extends string = string,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answers extends Readonly<Record<number, RouteAnswer>> = Readonly<Record<number, RouteAnswer>>,
> {
  /** `operationId` of OpenAPI: a verb and what it is about, `listResources`. */
  id: string;
  method: RouteMethod;
  /** From the root of the server, parameters in braces: `/api/orgs/{org}/resources`. `{org}` needs no entry in `params`. */
  path: Path;
  /** Heading in the document. */
  tag: string;
  summary: string;
  description?: string;
  /** Answered without credentials. Health only. */
  open?: boolean;
  params?: Params;
  query?: Query;
  /** Absent: a body is not read. */
  body?: Body;
  /** The body may be left out altogether; the schema then gets an empty object. */
  bodyOptional?: boolean;
  /** The greatest body, in bytes. Default 1.5 MiB, as in the Kubernetes API. */
  bodyLimit?: number;
  /** A request that works, for the document. */
  example?: unknown;
  answers: Answers;
  /**
   * Offered to templates, agents and MCP clients as well, unless false. False belongs to what takes a secret value or a
   * person's own word.
   */
  action?: RouteAction | false;
  /** Refusals beyond those that every route of its form has. */
  errors?: readonly number[];
}

/** A declared route. */
export type Route<
  Path extends string = string,
  Params extends z.ZodObject = any,
  Query extends z.ZodObject = any,
  Body extends z.ZodType = any,
  Answers extends Readonly<Record<number, RouteAnswer>> = any,
> = RouteDeclaration<Path, Params, Query, Body, Answers>;

/** What a handler is given: checked, with defaults, aliases resolved. */
export interface RouteInput<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
}

/** One event of a stream of server-sent events. */
export interface ServerEvent {
  /** Where to resume from after this event, as the next request's `Last-Event-ID`. */
  id?: string;
  type: string;
  payload: Record<string, unknown>;
}

/** What an answer of the type `text/event-stream` is made of. */
export interface EventStream {
  events: AsyncIterable<ServerEvent>;
  /** Where to resume from at this moment; sent along with heartbeats. */
  position(): string;
}

type AnswerBody<A> = A extends { contentType: 'text/event-stream' }
  ? EventStream
  : A extends { body: infer B extends z.ZodType }
    ? z.input<B>
    : never;

/** What a handler answers: one of the declared answers. */
export type RouteOutput<Answers> = {
  [Code in keyof Answers & number]: { status: Code; body: AnswerBody<Answers[Code]> };
}[keyof Answers & number];

/** Declares a route of the REST facade. */
export function defineRoute<
  const Path extends string,
  Params extends z.ZodObject = z.ZodObject<{}>,
  Query extends z.ZodObject = z.ZodObject<{}>,
  Body extends z.ZodType = z.ZodUndefined,
  const Answers extends Readonly<Record<number, RouteAnswer>> = {},
>(
  declaration: RouteDeclaration<Path, Params, Query, Body, Answers>,
): Route<Path, Params, Query, Body, Answers> {
  return declaration;
}
