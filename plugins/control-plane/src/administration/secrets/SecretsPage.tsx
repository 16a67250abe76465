import { Secret } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  EmptyState,
  organizationPath,
  PageFrame,
  RelativeTime,
  ResourceList,
  ResourceTable,
  TableColumn,
  useAccess,
  useOrganization,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { useMemo, useState } from 'react';
import { SECRET_GRANT, SecretGrantView } from '../shared/foreignKinds';
import { SecretDialog } from './SecretDialog';

/** A Secret keeps its fields at the top, as in Kubernetes; a row of a table has a spec, be it empty. */
type SecretRow = Secret & Pick<Resource, 'spec'> & { grants: SecretGrantView[] };

const COLUMNS: readonly TableColumn<SecretRow>[] = [
  {
    name: 'Keys',
    render: ({ data }) => Object.keys(data ?? {}).join(', ') || 'none',
    text: ({ data }) => Object.keys(data ?? {}).join(' '),
  },
  {
    name: 'Granted to',
    render: ({ grants }) => grants.map(({ spec }) => spec.subject.name).join(', ') || 'nobody',
    text: ({ grants }) => grants.map(({ spec }) => spec.subject.name).join(' '),
  },
  {
    name: 'Made',
    render: ({ metadata }) => <RelativeTime time={metadata.creationTimestamp} />,
    width: '130px',
    wideOnly: true,
  },
];

/** The secrets of an organization: names, keys and who may use them; never a value. */
export function SecretsPage() {
  const { organization, namespace } = useOrganization();
  const secrets = useResourceList(Secret, { namespace });
  const grants = useResourceList(SECRET_GRANT, { namespace }) as unknown as ResourceList<SecretGrantView>;
  const access = useAccess('create', Secret, namespace);
  const [making, setMaking] = useState(false);
  const rows = useMemo(
    () =>
      secrets.items.map(secret => ({
        ...secret,
        spec: {},
        grants: grants.items.filter(
          ({ spec }) => !spec.revoked && spec.secretRef.name === secret.metadata.name,
        ),
      })),
    [secrets.items, grants.items],
  );
  const make = (
    <AccessButton
      variant="contained"
      access={access}
      permission={`keep secrets of ${organization}`}
      onClick={() => setMaking(true)}
    >
      Add a secret
    </AccessButton>
  );
  return (
    <PageFrame
      title="Secrets"
      organization={organization}
      lede="Values go in and never come out again: they are encrypted, and handed only to what they are granted to."
      action={make}
    >
      <ResourceTable
        label="Secrets"
        list={{ ...secrets, items: rows }}
        columns={COLUMNS}
        rowPath={({ metadata }) => organizationPath(organization, 'manage', 'secrets', metadata.name)}
        empty={
          <EmptyState title="No secret yet" action={make}>
            A secret holds a password, token or key under a name. An agent uses it once it is granted to its
            stack.
          </EmptyState>
        }
      />
      <SecretDialog open={making} onClose={() => setMaking(false)} />
    </PageFrame>
  );
}
