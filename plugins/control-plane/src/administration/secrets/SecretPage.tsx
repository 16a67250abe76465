import { useApi } from '@backstage/core-plugin-api';
import { Secret } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  CopyField,
  EmptyState,
  Facts,
  krateApiRef,
  ObjectFrame,
  organizationPath,
  RelativeTime,
  ResourceList,
  Section,
  SectionGrid,
  useAccess,
  useOrganization,
  useResource,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { PROVIDER_CONFIG, SECRET_GRANT, SecretGrantView } from '../shared/foreignKinds';
import { GrantsSection } from './GrantsSection';
import { SecretDialog } from './SecretDialog';

/** One secret: its keys, who may use them, what uses it, and how a value is replaced. */
export function SecretPage() {
  const { organization, namespace } = useOrganization();
  const { name = '' } = useParams();
  const loaded = useResource(Secret, namespace, name);
  return (
    <ObjectFrame
      noun="secret"
      name={name}
      organization={organization}
      list={{ label: 'Secrets', to: organizationPath(organization, 'manage', 'secrets') }}
      loaded={loaded}
    >
      {secret => <Sections secret={secret} />}
    </ObjectFrame>
  );
}

function Sections({ secret }: { secret: Secret }) {
  const { organization, namespace } = useOrganization();
  const { name, creationTimestamp } = secret.metadata;
  const grants = useResourceList(SECRET_GRANT, { namespace }) as unknown as ResourceList<SecretGrantView>;
  const own = grants.items.filter(({ spec }) => spec.secretRef.name === name);
  const access = useAccess('update', Secret, namespace, name);
  const [replaced, setReplaced] = useState<string>();
  const [adding, setAdding] = useState(false);
  const permission = `keep secrets of ${organization}`;
  const keys = Object.keys(secret.data ?? {}).sort();
  return (
    <SectionGrid>
      <Section
        title="Keys"
        flush
        action={
          <AccessButton size="small" access={access} permission={permission} onClick={() => setAdding(true)}>
            Add a key
          </AccessButton>
        }
      >
        {keys.length === 0 && <EmptyState title="This secret has no key yet" />}
        {keys.map((key, index) => (
          <Box
            key={key}
            sx={{
              display: 'flex',
              alignItems: 'center',
              gap: 1,
              px: 2,
              minHeight: 40,
              borderTop: index ? 1 : 0,
              borderColor: 'divider',
              fontSize: 13,
            }}
          >
            <CopyField label="the key" value={key} />
            <Box sx={{ ml: 'auto', color: 'text.secondary' }} aria-label="The value is hidden">
              ••••••••
            </Box>
            <AccessButton
              size="small"
              access={access}
              permission={permission}
              aria-label={`Replace the value of ${key}`}
              onClick={() => setReplaced(key)}
            >
              Replace
            </AccessButton>
          </Box>
        ))}
      </Section>
      <Section title="About">
        <Facts
          facts={[
            ['Secret', <CopyField key="id" label="the identity" value={`Secret/${organization}/${name}`} />],
            ['Made', <RelativeTime key="made" time={creationTimestamp} />],
            ['Changed', <RelativeTime key="changed" time={changedAt(secret)} />],
            ['Fixed', secret.immutable && 'Its values cannot be changed any more'],
          ]}
        />
      </Section>
      <GrantsSection secret={name} keys={keys} grants={own} loading={grants.loading} error={grants.error} />
      <DeleteSecret secret={secret} grants={own} />
      <SecretDialog open={adding} secret={name} onClose={() => setAdding(false)} />
      <SecretDialog
        open={replaced !== undefined}
        secret={name}
        fixedKey={replaced}
        onClose={() => setReplaced(undefined)}
      />
    </SectionGrid>
  );
}

/** When a value was set last, from who owns which field. */
function changedAt({ metadata }: Secret): string | undefined {
  const times = (metadata.managedFields ?? []).flatMap(({ time }) => time ?? []);
  return times.sort().at(-1);
}

function DeleteSecret({ secret, grants }: { secret: Secret; grants: readonly SecretGrantView[] }) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace } = useOrganization();
  const { name } = secret.metadata;
  const access = useAccess('delete', Secret, namespace, name);
  const configs = useResourceList(PROVIDER_CONFIG, { namespace });
  const [confirming, setConfirming] = useState(false);
  const using = [
    ...grants.filter(({ spec }) => !spec.revoked).map(({ metadata }) => `AgentSecretGrant ${metadata.name}`),
    ...(configs.items as Resource[])
      .filter(({ spec }) => namesSecret(spec, name))
      .map(({ metadata }) => `AgentProviderConfig ${metadata.name}`),
  ];
  return (
    <Section title="Used by">
      {using.length === 0 ? (
        <Typography variant="body2" sx={{ mb: 2 }}>
          Nothing refers to it.
        </Typography>
      ) : (
        <Box component="ul" sx={{ mt: 0, pl: 2.5, fontSize: 13 }}>
          {using.map(user => (
            <li key={user}>{user}</li>
          ))}
        </Box>
      )}
      <AccessButton
        color="error"
        variant="outlined"
        access={access}
        permission={`delete secrets of ${organization}`}
        onClick={() => setConfirming(true)}
      >
        Delete the secret
      </AccessButton>
      <ConfirmByName
        open={confirming}
        name={name}
        title={`Delete the secret ${name}`}
        action="Delete the secret"
        onClose={() => setConfirming(false)}
        onConfirm={async () => {
          await api.delete(Secret, namespace, name);
          navigate(organizationPath(organization, 'manage', 'secrets'));
        }}
      >
        {using.length === 0
          ? 'Its values are gone for good.'
          : `Its values are gone for good, and these stop working: ${using.join(', ')}.`}
      </ConfirmByName>
    </Section>
  );
}

/** Whether a reference to the secret stands anywhere in a spec: `{…SecretRef: {name}}`. */
export function namesSecret(spec: unknown, name: string): boolean {
  if (typeof spec !== 'object' || spec === null) return false;
  return Object.entries(spec).some(
    ([field, value]) =>
      (/secretRef$/i.test(field) && (value as { name?: string } | null)?.name === name) ||
      namesSecret(value, name),
  );
}
