import {
  EmptyState,
  ResourceTable,
  useAddressParameter,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useMemo } from 'react';
import { pullRequestPath } from '../api/links';
import { pullRequestColumns, pullRequestColumnsWithRepository } from './columns';
import { NewPullRequestButton } from './NewPullRequestButton';

export const isOpen = ({ status }: PullRequest) => status?.phase !== 'Merged' && status?.phase !== 'Closed';
export const latestFirst = (a: PullRequest, b: PullRequest) =>
  b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);

const STATES: Record<string, (pull: PullRequest) => boolean> = {
  open: isOpen,
  merged: ({ status }) => status?.phase === 'Merged',
  closed: ({ status }) => status?.phase === 'Closed',
  all: () => true,
};

/** Pull requests of one repository, or of all, by state. */
export function PullRequestList({
  organization,
  namespace,
  repository,
}: {
  organization: string;
  namespace: string;
  repository?: string;
}) {
  const [state, setState] = useAddressParameter('state', 'open');
  const list = useResourceList(PullRequest, {
    namespace,
    fieldSelector: repository && `spec.repository=${repository}`,
  });
  const shown = useMemo(
    () => ({ ...list, items: list.items.filter(STATES[state] ?? isOpen) }),
    [list, state],
  );
  return (
    <ResourceTable
      label="Pull requests"
      list={shown}
      columns={repository ? pullRequestColumns : pullRequestColumnsWithRepository}
      titleColumn="Title"
      rowTitle={pull => `${pull.spec.title} #${pull.spec.number ?? ''}`}
      titleWidth="minmax(200px, 3fr)"
      rowPath={pull => pullRequestPath(organization, pull.metadata.name)}
      order={latestFirst}
      filters={
        <ToggleButtonGroup
          size="small"
          exclusive
          value={state}
          aria-label="State"
          onChange={(_, value) => value && setState(value)}
        >
          {Object.keys(STATES).map(value => (
            <ToggleButton key={value} value={value} sx={{ py: 0.5, textTransform: 'capitalize' }}>
              {value}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
      empty={
        <EmptyState
          title={list.items.length > 0 ? `No ${state} pull requests` : 'No pull requests yet'}
          action={
            repository && (
              <NewPullRequestButton
                organization={organization}
                namespace={namespace}
                repository={repository}
              />
            )
          }
        >
          A pull request proposes a branch for another: push a branch and open one, or let an agent do both.
        </EmptyState>
      }
    />
  );
}
