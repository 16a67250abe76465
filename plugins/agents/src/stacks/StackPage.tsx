import { AgentStack } from '@krate/plugin-agents-common';
import {
  ObjectFrame,
  organizationPath,
  ResourceTab,
  RouteTabs,
  StatusChip,
  useOrganization,
  useResource,
} from '@krate/plugin-control-plane-react';
import { useParams } from 'react-router-dom';
import { DispatchButton } from '../dispatch/DispatchButton';
import { stackPath } from '../shared/paths';
import { ScriptedMark } from '../shared/Scripted';
import { readinessOf } from './stackFixes';
import { StackOverview } from './StackOverview';
import { StackRuns } from './StackRuns';

/** One stack: can it run and why not, what it says, what it may do, what it did. */
export function StackPage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const loaded = useResource(AgentStack, namespace, name);
  const base = stackPath(organization, name);
  return (
    <ObjectFrame
      noun="stack"
      name={name}
      organization={organization}
      list={{ label: 'Stacks', to: organizationPath(organization, 'stacks') }}
      loaded={loaded}
      heading={stack => ({
        title: stack.spec.displayName,
        marks: (
          <>
            <StatusChip status={stack.status?.phase ?? 'Pending'} /> <ScriptedMark stack={stack} />
          </>
        ),
        lede: stack.spec.description,
        action: <Dispatch organization={organization} stack={stack} />,
        tabs: (
          <RouteTabs
            label="Stack"
            value={tab ? `${base}/${tab}` : base}
            tabs={[
              { label: 'Overview', to: base },
              { label: 'Runs', to: `${base}/runs` },
              { label: 'Resource', to: `${base}/resource` },
            ]}
          />
        ),
      })}
    >
      {stack => (
        <>
          {tab === '' && <StackOverview organization={organization} stack={stack} />}
          {tab === 'runs' && <StackRuns organization={organization} stack={stack} />}
          {tab === 'resource' && <ResourceTab type={AgentStack} object={stack} />}
        </>
      )}
    </ObjectFrame>
  );
}

function Dispatch({ organization, stack }: { organization: string; stack: AgentStack }) {
  const { ready, reason } = readinessOf(stack);
  return (
    <DispatchButton
      organization={organization}
      stack={stack.metadata.name}
      blocked={ready ? undefined : reason}
    />
  );
}
