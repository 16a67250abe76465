import { LoggerService } from '@backstage/backend-plugin-api';
import { ActionsRegistryActionOptions } from '@backstage/backend-plugin-api/alpha';
import { ResourceClient } from '@krate/controller-runtime';
import { Principal } from './principal';

type Registered = ActionsRegistryActionOptions<any, any>;
type Schema = Registered['schema'];
/** What a value of a schema built by `zod => zod.object({...})` is. */
type ValueOf<Build> = Build extends (zod: any) => { _output: infer Value } ? Value : never;

/** What an action works with: the rights of whoever called it, and nothing more. */
export interface ActionContext<Input> {
  input: Input;
  principal: Principal;
  /** Acts with exactly the caller's rights; admission stamps and judges as for any other client. */
  client: ResourceClient;
  logger: LoggerService;
}

/**
 * Something an area does for templates, agents and MCP clients, offered in Backstage's actions registry as
 * `krate:<name>`. Like a button it only reads and writes resources: what it does happens in reconcilers.
 */
export interface AreaAction<Input = any, Output = any> extends Pick<
  Registered,
  'name' | 'title' | 'description' | 'schema' | 'examples' | 'attributes'
> {
  run(context: ActionContext<Input>): Promise<Output>;
}

/** Declares an action; its input and output are what its schemas say. */
export function defineAction<const S extends Schema>(
  action: Omit<AreaAction, 'schema' | 'run'> & {
    schema: S;
    run(context: ActionContext<ValueOf<S['input']>>): Promise<ValueOf<S['output']>>;
  },
): AreaAction {
  return action as AreaAction;
}
