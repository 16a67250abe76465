import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  EmptyState,
  explorerPath,
  krateApiRef,
  Link,
  Problem,
  Section,
  SkeletonRows,
  useAccess,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { BranchProtection, RefPolicy } from '@krate/plugin-forge-common';
import { useState } from 'react';
import { AddProtectionDialog } from './AddProtectionDialog';
import { protectionWords, policyWords } from './protectionWords';
import { SettingsRows } from './SettingsRows';

/** What holds for branches and tags of the repository, on every way in which they can move. */
export function Protections() {
  const api = useApi(krateApiRef);
  const { organization, namespace, repository } = useRepository();
  const protections = useResourceList(BranchProtection, { namespace });
  const policies = useResourceList(RefPolicy, { namespace });
  const access = useAccess('create', BranchProtection, namespace);
  const removal = useAccess('delete', BranchProtection, namespace);
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<Error>();
  const binds = ({ spec }: { spec: { repository?: string } }) =>
    !spec.repository || spec.repository === repository;
  const rows = [
    ...protections.items.filter(binds).map(item => ({
      key: item.metadata.uid,
      title: (
        <Link to={explorerPath(organization, BranchProtection.plural, item.metadata.name)}>
          {item.spec.refs.join(', ')}
        </Link>
      ),
      words: protectionWords(item),
      remove: () => api.delete(BranchProtection, namespace, item.metadata.name),
      name: item.metadata.name,
    })),
    ...policies.items.filter(binds).map(item => ({
      key: item.metadata.uid,
      title: (
        <Link to={explorerPath(organization, RefPolicy.plural, item.metadata.name)}>
          {item.spec.refs?.join(', ') || 'Every branch and tag'}
        </Link>
      ),
      words: policyWords(item),
      remove: () => api.delete(RefPolicy, namespace, item.metadata.name),
      name: item.metadata.name,
    })),
  ];
  const failed = protections.error ?? policies.error ?? error;
  return (
    <Section
      title="Protection"
      flush
      action={
        <AccessButton
          size="small"
          access={access}
          permission="protect branches"
          onClick={() => setAdding(true)}
        >
          Add
        </AccessButton>
      }
    >
      {failed && <Problem error={failed} title="The protections could not be read or changed" />}
      {protections.loading && <SkeletonRows rows={2} />}
      {!protections.loading && rows.length === 0 && (
        <EmptyState title="Nothing is protected">
          Protect the default branch, so that it moves by reviewed pull requests only, also for agents.
        </EmptyState>
      )}
      <SettingsRows
        label="Protections"
        rows={rows}
        removal={removal}
        permission="change protections"
        onFailed={setError}
      />
      <AddProtectionDialog open={adding} onClose={() => setAdding(false)} />
    </Section>
  );
}
