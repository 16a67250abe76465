import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import {
  Link,
  organizationPath,
  PageFrame,
  statusWords,
  useAddressParameter,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { DispatchButton } from '../dispatch/DispatchButton';
import { FilterSelect } from '../shared/FilterSelect';
import { formatCost } from '../shared/format';
import { RunsTable } from './RunsTable';

const PHASES = ['Pending', 'AwaitingApproval', 'Queued', 'Running', 'Completed', 'Failed', 'Cancelled'];

const distinct = (values: string[]) => [...new Set(values)].sort();

/** Every run of an organization, live; filters by phase, repository and stack live in the address. */
export function RunsPage() {
  const { organization, namespace } = useOrganization();
  const list = useResourceList(AgentDispatchRun, { namespace });
  const stacks = useResourceList(AgentStack, { namespace });
  const [phase, setPhase] = useAddressParameter('phase');
  const [repository, setRepository] = useAddressParameter('repository');
  const [stack, setStack] = useAddressParameter('stack');

  const filtered = useMemo(() => {
    const items = list.items.filter(
      run =>
        (!phase || (run.status?.phase ?? 'Pending') === phase) &&
        (!repository || run.spec.repository === repository) &&
        (!stack || run.spec.agentStack === stack),
    );
    return { ...list, items };
  }, [list, phase, repository, stack]);
  const cost = filtered.items.reduce((total, run) => total + (run.status?.costUsd ?? 0), 0);
  const narrowed = Boolean(phase || repository || stack);

  return (
    <PageFrame
      title="Runs"
      organization={organization}
      lede="Tasks given to agents, from the permission review to the change they wrote back."
      action={<DispatchButton organization={organization} />}
    >
      <RunsTable
        organization={organization}
        list={filtered}
        stacks={stacks.items}
        filters={
          <>
            <FilterSelect
              label="Status"
              value={phase}
              onChange={setPhase}
              options={PHASES}
              words={statusWords}
            />
            <FilterSelect
              label="Repository"
              value={repository}
              onChange={setRepository}
              options={distinct(list.items.map(({ spec }) => spec.repository))}
            />
            <FilterSelect
              label="Stack"
              value={stack}
              onChange={setStack}
              options={distinct(list.items.map(({ spec }) => spec.agentStack))}
            />
            {cost > 0 && (
              <Typography variant="caption" color="text.secondary">
                {formatCost(cost)} in all
              </Typography>
            )}
          </>
        }
        empty={
          narrowed
            ? { title: 'No run matches these filters', children: 'Choose other filters, or all.' }
            : {
                title: 'No agent has run yet',
                children: (
                  <>
                    Give an agent a task on a repository, and watch it here.{' '}
                    <Link to={organizationPath(organization, 'stacks')}>Stacks</Link> are the agents you have.
                  </>
                ),
                action: <DispatchButton organization={organization} />,
              }
        }
      />
    </PageFrame>
  );
}
