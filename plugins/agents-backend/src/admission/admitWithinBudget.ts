import { ResourceClient } from '@krate/controller-runtime';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { forbidden } from './refuse';

/**
 * Refuses another run once those of this calendar month (UTC, by when they were dispatched) spent what the organization
 * allows. Runs that work already go on within their own budgets.
 */
export async function admitWithinBudget(
  client: Pick<ResourceClient, 'get' | 'list'>,
  namespace: string | undefined,
  now: Date = new Date(),
): Promise<void> {
  const name = organizationOf(namespace);
  const organization = name
    ? await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name })
    : undefined;
  const limit = organization?.spec.budgetLimitUsd;
  if (limit === undefined) return;
  const month = now.toISOString().slice(0, 7);
  const { items } = await client.list(AgentDispatchRun, { namespace });
  const spent = items
    .filter(({ metadata }) => metadata.creationTimestamp?.startsWith(month))
    .reduce((sum, { status }) => sum + (status?.costUsd ?? 0), 0);
  if (spent < limit) return;
  throw forbidden(
    'budget-exceeded',
    `The runs of this month spent ${spent.toFixed(2)} of the ${limit.toFixed(2)} US dollars that the organization allows: wait for the next month or have its limit raised`,
  );
}
