import { AgentStack } from '@krate/plugin-agents-common';
import {
  EmptyState,
  Link,
  NewButton,
  PageFrame,
  ResourceTable,
  StatusChip,
  TableColumn,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { DispatchButton } from '../dispatch/DispatchButton';
import { runPath, stackPath } from '../shared/paths';
import { ScriptedMark } from '../shared/Scripted';
import { readinessOf } from './stackFixes';

const columnsFor = (organization: string): TableColumn<AgentStack>[] => [
  {
    name: 'Status',
    width: '120px',
    render: stack => (
      <StatusChip status={stack.status?.phase ?? 'Pending'} title={readinessOf(stack).reason} />
    ),
    text: stack => stack.status?.phase ?? 'Pending',
  },
  {
    name: 'What is missing',
    width: 'minmax(0, 3fr)',
    render: stack => <span title={readinessOf(stack).reason}>{readinessOf(stack).reason ?? 'Nothing'}</span>,
    text: stack => readinessOf(stack).reason ?? '',
  },
  {
    name: 'Agent',
    render: stack =>
      stack.spec.baseAgent === 'scripted' ? <ScriptedMark stack={stack} /> : stack.spec.baseAgent,
    text: stack => stack.spec.baseAgent,
  },
  { name: 'Model', render: stack => stack.spec.model, text: stack => stack.spec.model ?? '', wideOnly: true },
  {
    name: 'Tools',
    render: stack => stack.spec.toolProfileRef,
    text: stack => stack.spec.toolProfileRef ?? '',
    wideOnly: true,
  },
  {
    name: 'Last run',
    render: ({ status }) =>
      status?.lastRun && <Link to={runPath(organization, status.lastRun)}>{status.lastRun}</Link>,
    wideOnly: true,
  },
];

/** The agents of an organization, and whether they can be dispatched. */
export function StacksPage() {
  const { organization, namespace } = useOrganization();
  const list = useResourceList(AgentStack, { namespace });
  return (
    <PageFrame
      title="Stacks"
      organization={organization}
      lede="A stack is an agent ready to be dispatched: its program, model, identity, tools and rules."
      action={
        <Box sx={{ display: 'flex', gap: 1 }}>
          <NewButton kind={AgentStack} organization={organization}>
            New stack
          </NewButton>
          <DispatchButton organization={organization} />
        </Box>
      }
    >
      <ResourceTable
        label="Stacks"
        list={list}
        columns={columnsFor(organization)}
        rowPath={stack => stackPath(organization, stack.metadata.name)}
        rowTitle={stack => stack.spec.displayName ?? stack.metadata.name}
        titleColumn="Stack"
        empty={
          <EmptyState title="No stack yet">
            A maintainer makes one with <code>krate apply -f stack.yaml</code>. The folder{' '}
            <code>examples/hello-agent</code> has a complete one: an adapter, an identity with its role, a
            tool profile and the stack itself.
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
