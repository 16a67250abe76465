import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  EmptyState,
  krateApiRef,
  Problem,
  Section,
  SkeletonRows,
  useAccess,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Repository, SSHKey } from '@krate/plugin-forge-common';
import { useState } from 'react';
import { AddKeyDialog } from '../keys/AddKeyDialog';
import { KeyWords } from '../keys/KeyWords';
import { SettingsRows } from './SettingsRows';

/** Keys by which machines open this repository alone. */
export function DeployKeys() {
  const api = useApi(krateApiRef);
  const { namespace, repository } = useRepository();
  const list = useResourceList(SSHKey, { namespace });
  const access = useAccess('update', Repository, namespace, repository);
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<Error>();
  const keys = list.items.filter(({ spec }) => spec.scope === 'deploy' && spec.repository === repository);
  return (
    <Section
      title="Deploy keys"
      flush
      action={
        <AccessButton
          size="small"
          access={access}
          permission={`give keys of ${repository}`}
          onClick={() => setAdding(true)}
        >
          Add
        </AccessButton>
      }
    >
      {(list.error ?? error) && (
        <Problem error={(list.error ?? error)!} title="The keys could not be read or changed" />
      )}
      {list.loading && <SkeletonRows rows={2} />}
      {!list.loading && keys.length === 0 && (
        <EmptyState title="No deploy key">
          A server that fetches from this repository, or pushes to it, gets a key of its own here.
        </EmptyState>
      )}
      <SettingsRows
        label="Deploy keys"
        removal={access}
        permission={`take keys of ${repository} back`}
        onFailed={setError}
        rows={keys.map(key => ({
          key: key.metadata.uid,
          name: key.spec.title ?? key.metadata.name,
          title: key.spec.title ?? key.metadata.name,
          words: <KeyWords sshKey={key} />,
          remove: () => api.delete(SSHKey, namespace, key.metadata.name),
        }))}
      />
      <AddKeyDialog
        open={adding}
        namespace={namespace}
        scope="deploy"
        repository={repository}
        onClose={() => setAdding(false)}
      />
    </Section>
  );
}
