import { useApi } from '@backstage/core-plugin-api';
import {
  EmptyState,
  krateApiRef,
  PageFrame,
  Problem,
  Section,
  SkeletonRows,
  useAccess,
  useOrganization,
  useResourceList,
  useWhoAmI,
} from '@krate/plugin-control-plane-react';
import { BACKSTAGE_PROVIDER, IdentityMapping } from '@krate/plugin-control-plane-common';
import { SSHKey } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { SettingsRows } from '../settings/SettingsRows';
import { AddKeyDialog } from './AddKeyDialog';
import { KeyWords } from './KeyWords';

const ALWAYS = { allowed: true, reason: '' };

/** The reader's own SSH keys in an organization, and those of everybody and everything else there. */
export function KeysPage() {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const list = useResourceList(SSHKey, { namespace });
  const mappings = useResourceList(IdentityMapping, { namespace });
  const me = useWhoAmI();
  const removal = useAccess('delete', SSHKey, namespace);
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<Error>();
  const user = mappings.items.find(({ spec }) => spec.provider === BACKSTAGE_PROVIDER && spec.subject === me)
    ?.spec.user;
  const isOwn = ({ spec }: SSHKey) => spec.scope === 'user' && spec.owner === user;
  const own = list.items.filter(isOwn);
  const others = list.items.filter(key => !isOwn(key));
  const rowsOf = (keys: readonly SSHKey[], subtitle: boolean) =>
    keys.map(key => ({
      key: key.metadata.uid,
      name: key.spec.title ?? key.metadata.name,
      title: `${subtitle ? `${ownerOf(key)}: ` : ''}${key.spec.title ?? key.metadata.name}`,
      words: <KeyWords sshKey={key} />,
      remove: () => api.delete(SSHKey, namespace, key.metadata.name),
    }));
  const add = (
    <Button variant="contained" size="small" onClick={() => setAdding(true)}>
      Add a key
    </Button>
  );
  return (
    <PageFrame
      title="SSH keys"
      organization={organization}
      lede="By a key git comes in over SSH, and a commit is known to be its owner’s."
      action={add}
    >
      <Box sx={{ display: 'grid', gap: 2, maxWidth: 960 }}>
        {(list.error ?? error) && (
          <Problem error={(list.error ?? error)!} title="The keys could not be read or changed" />
        )}
        <Section title="Yours" flush>
          {list.loading && <SkeletonRows rows={3} />}
          {!list.loading && own.length === 0 && (
            <EmptyState title="You have no key here yet">
              Make one with <code>ssh-keygen -t ed25519</code>, and add the line of its <code>.pub</code>{' '}
              file.
            </EmptyState>
          )}
          <SettingsRows
            label="Your keys"
            rows={rowsOf(own, false)}
            removal={ALWAYS}
            permission="remove your keys"
            onFailed={setError}
          />
        </Section>
        {others.length > 0 && (
          <Section title="Others" flush>
            <SettingsRows
              label="Other keys"
              rows={rowsOf(others, true)}
              removal={removal}
              permission="remove keys of others"
              onFailed={setError}
            />
          </Section>
        )}
      </Box>
      <AddKeyDialog open={adding} namespace={namespace} scope="user" onClose={() => setAdding(false)} />
    </PageFrame>
  );
}

/** Whose key it is, or what it opens. */
function ownerOf({ spec }: SSHKey): string {
  if (spec.scope === 'user') return spec.owner ?? 'nobody';
  return spec.scope === 'deploy'
    ? (spec.repository ?? 'no repository')
    : (spec.repositories ?? []).join(', ');
}
