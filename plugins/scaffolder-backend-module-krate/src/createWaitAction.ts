import { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ControlPlane, principalOfCredentials } from '@krate/plugin-control-plane-node';
import { Condition } from '@krate/resource-model';

/** `krate:wait`: until a condition of an object is True. */
export function createWaitAction(options: { ready: () => Promise<ControlPlane>; auth: AuthService }) {
  return createTemplateAction({
    id: 'krate:wait',
    description: 'Waits until a condition of a Krate resource is true',
    schema: {
      input: {
        kind: zod => zod.string(),
        namespace: zod => zod.string(),
        name: zod => zod.string(),
        condition: zod => zod.string().optional().describe('Its type; Ready when left out'),
        timeoutSeconds: zod => zod.number().positive().optional().describe('60 when left out'),
      },
    },
    async handler(ctx) {
      // The scaffolder validates by the schema and passes the input as it was written, without the schema's defaults.
      const { kind: kindName, namespace, name, condition = 'Ready', timeoutSeconds = 60 } = ctx.input;
      const controlPlane = await options.ready();
      const kind = controlPlane.kinds.kind(kindName);
      if (!kind) throw new InputError(`Krate has no kind ${kindName}`);
      const client = controlPlane.clientFor(
        principalOfCredentials(options.auth, await ctx.getInitiatorCredentials()),
      );

      const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
      const signal = ctx.signal ? AbortSignal.any([timeout, ctx.signal]) : timeout;
      let last: Condition | undefined;
      for (;;) {
        const object = await client.get(kind, { namespace, name });
        const conditions = (object?.status as { conditions?: Condition[] } | undefined)?.conditions ?? [];
        last = conditions.find(({ type }) => type === condition);
        if (last?.status === 'True') return;
        if (signal.aborted) {
          throw new Error(
            `${kindName}/${name} is not ${condition}: ${last ? `${last.reason}: ${last.message}` : 'no report yet'}`,
          );
        }
        await new Promise(resolve => setTimeout(resolve, 300));
      }
    },
  });
}
