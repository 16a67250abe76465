import { RelativeTime, StatusChip, TableColumn } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import { branchOf } from '../api/links';
import { Counts } from '../diff/Counts';

const REVIEW: Record<string, string | undefined> = {
  approved: 'Approved',
  'changes-requested': 'ChangesRequested',
  none: undefined,
};

/** What the checks of a pull request amount to. */
export function checksOf(pull: PullRequest): 'Failed' | 'Running' | 'Passed' | undefined {
  const checks = pull.status?.checks ?? [];
  if (checks.length === 0) return undefined;
  if (checks.some(({ state }) => state === 'Failed' || state === 'Cancelled')) return 'Failed';
  return checks.every(({ state }) => state === 'Succeeded') ? 'Passed' : 'Running';
}

const repository: TableColumn<PullRequest> = {
  name: 'Repository',
  render: pull => pull.spec.repository,
  text: pull => pull.spec.repository,
};

const details: TableColumn<PullRequest>[] = [
  {
    name: 'Branch',
    wideOnly: true,
    render: pull => branchOf(pull.spec.sourceRef),
    text: pull => branchOf(pull.spec.sourceRef),
  },
  { name: 'Author', width: '110px', render: pull => pull.spec.author, text: pull => pull.spec.author ?? '' },
  {
    name: 'Status',
    width: '110px',
    render: pull => <StatusChip status={pull.status?.phase ?? 'Pending'} />,
    text: pull => pull.status?.phase ?? '',
  },
  {
    name: 'Review',
    width: '160px',
    render: pull => <StatusChip status={REVIEW[pull.status?.reviewDecision ?? 'none']} />,
    text: pull => pull.status?.reviewDecision ?? '',
  },
  {
    name: 'Checks',
    width: '110px',
    render: pull => <StatusChip status={checksOf(pull)} />,
    text: pull => checksOf(pull) ?? '',
  },
  {
    name: 'Lines',
    width: '90px',
    wideOnly: true,
    render: pull =>
      pull.status?.changedFiles !== undefined && (
        <Counts additions={pull.status.additions} deletions={pull.status.deletions} />
      ),
  },
  {
    name: 'Opened',
    width: '90px',
    wideOnly: true,
    render: pull => <RelativeTime time={pull.metadata.creationTimestamp} />,
  },
];

/** Columns of a repository's pull requests. */
export const pullRequestColumns: readonly TableColumn<PullRequest>[] = details;
/** Columns of pull requests across repositories. */
export const pullRequestColumnsWithRepository: readonly TableColumn<PullRequest>[] = [repository, ...details];
