import { AgentStack, createAgentStack, listAgentStacks } from '@krate/plugin-agents-common';
import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';

export const stackRoutes: readonly FacadeRoute[] = [
  facadeRoute(listAgentStacks, async (context, { query }) => ({
    status: 200,
    body: await context.list(AgentStack, query),
  })),

  facadeRoute(createAgentStack, async ({ client, namespace }, { body: { name, spec } }) => {
    const { apiVersion, kind } = AgentStack;
    const object = { apiVersion, kind, metadata: { name, namespace }, spec };
    return { status: 201, body: await client.create(AgentStack, object) };
  }),
];
