import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  EmptyState,
  FormDialog,
  krateApiRef,
  Problem,
  Section,
  SkeletonRows,
  useAccess,
  useOrganization,
  useUndo,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { SECRET_GRANT, SecretGrantView } from '../shared/foreignKinds';

const SUBJECTS = [
  'agent-stack',
  'service-account',
  'tool',
  'skill',
  'mcp-server',
  'runner-pool',
  'user',
  'team',
];
const PURPOSES = [
  'model-provider-token',
  'tool',
  'git-credential',
  'mcp-server',
  'skill',
  'webhook-signing',
  'image-pull',
  'cache',
  'deployment',
];

/** Who may use which keys, for what. */
export function GrantsSection({
  secret,
  keys,
  grants,
  loading,
  error,
}: {
  secret: string;
  keys: readonly string[];
  grants: readonly SecretGrantView[];
  loading: boolean;
  error?: Error;
}) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const access = useAccess('create', SECRET_GRANT, namespace);
  const [granting, setGranting] = useState(false);
  const live = grants.filter(({ spec }) => !spec.revoked);
  const permission = `grant secrets of ${organization}`;
  const setRevoked = (name: string, revoked: boolean) =>
    api.patch(SECRET_GRANT, namespace, name, { spec: { revoked } });
  const revoke = async ({ metadata, spec }: SecretGrantView) => {
    try {
      await setRevoked(metadata.name, true);
      announce({
        message: `${spec.subject.name} may not use ${secret} any more`,
        undo: () => setRevoked(metadata.name, false),
      });
    } catch (refused) {
      announce({ message: `The grant was not revoked: ${(refused as Error).message}` });
    }
  };
  return (
    <Section
      title="Granted to"
      flush
      action={
        <AccessButton size="small" access={access} permission={permission} onClick={() => setGranting(true)}>
          Grant
        </AccessButton>
      }
    >
      {loading && <SkeletonRows rows={2} />}
      {error && <Problem error={error} title="The grants could not be read" />}
      {!loading && !error && live.length === 0 && (
        <EmptyState title="Nobody may use it yet">Grant it to an agent’s stack, for one purpose.</EmptyState>
      )}
      {live.map((grant, index) => (
        <Box
          key={grant.metadata.uid}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            px: 2,
            py: 0.5,
            borderTop: index ? 1 : 0,
            borderColor: 'divider',
            fontSize: 13,
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <Box sx={{ fontWeight: 600 }}>{grant.spec.subject.name}</Box>
            <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
              {grant.spec.subject.kind}, as {grant.spec.purpose}, the keys{' '}
              {grant.spec.secretRef.keys.join(', ')}
            </Box>
          </Box>
          <Box sx={{ ml: 'auto' }}>
            <AccessButton
              size="small"
              access={access}
              permission={permission}
              aria-label={`Revoke the grant of ${grant.spec.subject.name}`}
              onClick={() => revoke(grant)}
            >
              Revoke
            </AccessButton>
          </Box>
        </Box>
      ))}
      <GrantDialog open={granting} secret={secret} keys={keys} onClose={() => setGranting(false)} />
      {bar}
    </Section>
  );
}

function GrantDialog({
  open,
  secret,
  keys,
  onClose,
}: {
  open: boolean;
  secret: string;
  keys: readonly string[];
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const { namespace } = useOrganization();
  const [kind, setKind] = useState(SUBJECTS[0]);
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState(PURPOSES[0]);
  const [chosen, setChosen] = useState<string[]>([]);
  useEffect(() => {
    if (!open) return;
    setName('');
    setChosen([...keys]);
  }, [open, keys.join()]); // eslint-disable-line react-hooks/exhaustive-deps -- the keys by what they are
  const submit = async () => {
    await api.create(SECRET_GRANT, namespace, {
      metadata: { generateName: `${secret}-${name}-`.slice(0, 57), namespace },
      spec: { subject: { kind, name }, secretRef: { name: secret, keys: chosen }, purpose },
    });
    onClose();
  };
  const select = (label: string, value: string, set: (value: string) => void, options: readonly string[]) => (
    <TextField select size="small" label={label} value={value} onChange={event => set(event.target.value)}>
      {options.map(option => (
        <MenuItem key={option} value={option}>
          {option}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <FormDialog
      open={open}
      title={`Grant ${secret}`}
      action="Grant"
      failure="It was not granted"
      ready={name !== '' && chosen.length > 0}
      onSubmit={submit}
      onClose={onClose}
    >
      {select('To', kind, setKind, SUBJECTS)}
      <TextField
        required
        size="small"
        label="Its name"
        value={name}
        onChange={event => setName(event.target.value)}
      />
      {select('For', purpose, setPurpose, PURPOSES)}
      <TextField
        select
        size="small"
        label="Keys"
        value={chosen}
        SelectProps={{ multiple: true }}
        onChange={event => setChosen(event.target.value as unknown as string[])}
      >
        {keys.map(key => (
          <MenuItem key={key} value={key}>
            {key}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}
