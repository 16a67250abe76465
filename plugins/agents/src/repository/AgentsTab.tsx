import { AgentDispatchRun, AgentServiceAccount, AgentStack } from '@krate/plugin-agents-common';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import {
  EmptyState,
  Link,
  Problem,
  Section,
  SkeletonRows,
  StatusChip,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { DispatchButton } from '../dispatch/DispatchButton';
import { suitabilityOf } from '../dispatch/dispatchFields';
import { hasEnded } from '../run/timelineOf';
import { RunsTable } from '../runs/RunsTable';
import { dispatchPath, stackPath } from '../shared/paths';
import { ScriptedMark } from '../shared/Scripted';

export interface AgentsTabProps {
  organization: string;
  repository: string;
}

/** A repository's agents: which may work on it, what they do now, what they did. */
export function AgentsTab({ organization, repository }: AgentsTabProps) {
  const namespace = namespaceOf(organization);
  const runs = useResourceList(AgentDispatchRun, {
    namespace,
    fieldSelector: `spec.repository=${repository}`,
  });
  const stacks = useResourceList(AgentStack, { namespace });
  const accounts = useResourceList(AgentServiceAccount, { namespace });
  const [active, ended] = useMemo(
    () => [
      { ...runs, items: runs.items.filter(run => !hasEnded(run)) },
      { ...runs, items: runs.items.filter(hasEnded) },
    ],
    [runs],
  );
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Section
        title="Now"
        flush
        action={
          <DispatchButton
            organization={organization}
            repository={repository}
            size="small"
            variant="outlined"
          />
        }
      >
        <RunsTable
          organization={organization}
          list={active}
          stacks={stacks.items}
          without={['repository']}
          limit={20}
          empty={{ title: 'No agent works here now', children: 'Dispatch one, and follow it here.' }}
        />
      </Section>
      <Section title="Stacks that may work here" flush>
        <Stacks
          organization={organization}
          repository={repository}
          stacks={stacks}
          accounts={accounts.items}
        />
      </Section>
      {ended.items.length > 0 && (
        <Section title="Earlier runs" flush>
          <RunsTable
            organization={organization}
            list={ended}
            stacks={stacks.items}
            without={['repository']}
            limit={20}
            empty={{ title: 'None', children: null }}
          />
        </Section>
      )}
    </Box>
  );
}

interface StacksProps extends AgentsTabProps {
  stacks: { items: AgentStack[]; loading: boolean; error?: Error };
  accounts: AgentServiceAccount[];
}

function Stacks({ organization, repository, stacks, accounts }: StacksProps) {
  if (stacks.error) return <Problem error={stacks.error} title="The stacks could not be read" />;
  if (stacks.loading) return <SkeletonRows rows={3} />;
  const judged = stacks.items
    .map(stack => ({ stack, ...suitabilityOf(stack, repository, accounts) }))
    .sort((a, b) => Number(b.suitable) - Number(a.suitable));
  if (judged.length === 0) {
    return (
      <EmptyState title="This organization has no stack yet">
        A stack is an agent ready to be dispatched. <code>examples/hello-agent</code> has a complete one.
      </EmptyState>
    );
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {judged.map(({ stack, suitable, reason }) => (
        <Box
          component="li"
          key={stack.metadata.uid}
          sx={{
            px: 2,
            py: 1,
            display: 'flex',
            gap: 1.5,
            alignItems: 'center',
            flexWrap: 'wrap',
            '& + &': { borderTop: 1, borderColor: 'divider' },
          }}
        >
          <Box sx={{ flex: '1 1 280px', minWidth: 0 }}>
            <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
              <Link to={stackPath(organization, stack.metadata.name)}>
                {stack.spec.displayName ?? stack.metadata.name}
              </Link>
              <ScriptedMark stack={stack} />
            </Box>
            <Typography variant="body2" color="text.secondary">
              {reason ?? stack.spec.description}
            </Typography>
          </Box>
          <StatusChip status={suitable ? 'Ready' : 'Blocked'} />
          {suitable && (
            <Link to={dispatchPath(organization, { repository, stack: stack.metadata.name })}>
              Dispatch
              <span style={{ position: 'absolute', clip: 'rect(0 0 0 0)' }}> {stack.metadata.name}</span>
            </Link>
          )}
        </Box>
      ))}
    </Box>
  );
}
