import { pageQuery } from '@krate/plugin-control-plane-common';
import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';

const tag = 'Agents';
const path = '/api/orgs/{org}/agents/stacks';

export const listAgentStacks = defineRoute({
  ...{ id: 'listAgentStacks', method: 'GET', path, tag },
  summary: 'Stacks: the agents that can be dispatched, and what those that cannot lack',
  action: { name: 'list-stacks' },
  query: pageQuery,
  errors: [410],
  answers: {
    200: {
      description: 'One page.',
      body: rest.pageOf(rest.objectOf('AgentStack')).meta({ id: 'AgentStackList' }),
    },
  },
});

export const createAgentStack = defineRoute({
  ...{ id: 'createAgentStack', method: 'POST', path, tag },
  summary: 'Make a stack',
  description: 'It is dispatched once its conditions say that nothing is missing.',
  action: { name: 'create-stack' },
  body: z
    .strictObject({
      name: rest.objectName,
      spec: z.looseObject({}).describe('As in the kind AgentStack.'),
    })
    .meta({ id: 'NewAgentStack' }),
  example: {
    name: 'fixer',
    spec: { baseAgent: 'opencode', adapter: 'opencode', runtimeIdentity: { serviceAccountRef: 'fixer' } },
  },
  answers: { 201: { description: 'Made.', body: rest.objectOf('AgentStack') } },
});
