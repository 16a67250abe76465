import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { FacadeRoute, Principal } from '@krate/plugin-control-plane-node';
import { Action, actionCallOf, actionOf, ApiError, JsonObject } from '@krate/resource-model';
import { FacadeServices } from './FacadeServices';
import { organizationContext } from './organizationContext';
import { organizationNamed } from './organizationNamed';
import { checkCall } from './readInput';

/** An action and the route behind it. */
interface Offered {
  action: Action;
  source: FacadeRoute;
}

export interface ActionCaller {
  principal: Principal;
  logger: LoggerService;
}

/**
 * The routes of the facade as actions, for templates, agents and MCP clients: the same checks, the same handlers, the
 * caller's own rights. One declaration is all that a route, its document and its action have.
 */
export class FacadeActions {
  private readonly offered: ReadonlyMap<string, Offered>;

  constructor(
    private readonly services: FacadeServices,
    routes: readonly FacadeRoute[],
  ) {
    const offered = routes.flatMap(source => {
      const action = actionOf(source.route);
      return action ? [[action.name, { action, source }] as const] : [];
    });
    this.offered = new Map(offered);
    if (this.offered.size < offered.length) throw new Error('Two routes offer an action of the same name');
  }

  all(): Action[] {
    return [...this.offered.values()].map(({ action }) => action);
  }

  /** @throws ApiError NotFound */
  named(name: string): Action {
    return this.find(name).action;
  }

  /**
   * Whether the input is one the action takes and the organization one that the caller sees; does nothing.
   *
   * @throws ApiError BadRequest, or NotFound as for an organization that does not exist
   */
  async check(name: string, input: JsonObject, caller: ActionCaller): Promise<void> {
    await this.prepare(name, input, caller);
  }

  /** Does it, as the caller. Answers with the body that the route answers with. */
  async run(name: string, input: JsonObject, caller: ActionCaller): Promise<unknown> {
    const { context, checked } = await this.prepare(name, input, caller);
    const { body } = await this.find(name).source.handle(context as never, checked as never);
    return body;
  }

  private async prepare(name: string, input: JsonObject, { principal, logger }: ActionCaller) {
    const { route } = this.find(name).source;
    const { org, ...call } = actionCallOf(route, input);
    const { kinds } = this.services;
    const correlationId = randomUUID();
    const base = {
      ...{ principal, kinds, correlationId },
      logger: logger.child({ correlationId }),
      client: this.services.clientFor(principal),
      signal: new AbortController().signal,
    };
    const context = await organizationContext(this.services, base, organizationNamed(org));
    return { context, checked: checkCall(route, call) };
  }

  private find(name: string): Offered {
    const found = this.offered.get(name);
    if (found) return found;
    throw new ApiError('NotFound', `There is no action ${name.slice(0, 100)}`);
  }
}
