import { useApi } from '@backstage/core-plugin-api';
import { IdentityMapping } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  EmptyState,
  FormDialog,
  krateApiRef,
  organizationPath,
  ResourceTable,
  StatusChip,
  TableColumn,
  useAccess,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useState } from 'react';
import { useDirectories } from '../shared/useDirectories';
import { AccessFrame } from './AccessFrame';

/** Which login is which member. */
export function LoginsPage() {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { mappings, users, loading, error } = useDirectories(namespace);
  const access = useAccess('create', IdentityMapping, namespace);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<IdentityMapping>();
  const mayChange = access?.allowed ?? false;
  const columns = useMemo(() => columnsFor(mayChange ? setRemoving : undefined), [mayChange]);
  const add = (
    <AccessButton
      variant="contained"
      access={access}
      permission={`map logins to members of ${organization}`}
      onClick={() => setAdding(true)}
    >
      Map a login
    </AccessButton>
  );
  return (
    <AccessFrame tab="logins" action={add}>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
        A login of the provider <code>backstage</code> is somebody’s user name in this portal and makes them
        the member it names. Logins of other providers say who the author of a commit or comment elsewhere is;
        who signs in as whom is decided by the platform.
      </Typography>
      <ResourceTable
        label="Logins"
        list={{ items: mappings as IdentityMapping[], loading, error }}
        columns={columns}
        rowPath={({ spec }) => organizationPath(organization, 'manage', 'access', 'members', spec.user)}
        rowTitle={({ spec }) => spec.subject}
        titleColumn="Login"
        empty={<EmptyState title="No login is mapped" action={add} />}
      />
      <MapDialog
        open={adding}
        users={users.map(({ metadata }) => metadata.name)}
        onClose={() => setAdding(false)}
      />
      <ConfirmByName
        open={removing !== undefined}
        name={removing?.spec.subject ?? ''}
        title="Remove the login"
        action="Remove"
        onClose={() => setRemoving(undefined)}
        onConfirm={() => api.delete(IdentityMapping, namespace, removing!.metadata.name)}
      >
        {removing?.spec.subject} is not {removing?.spec.user} of {organization} any more.
      </ConfirmByName>
    </AccessFrame>
  );
}

function columnsFor(
  remove: ((mapping: IdentityMapping) => void) | undefined,
): readonly TableColumn<IdentityMapping>[] {
  return [
    { name: 'Provider', render: ({ spec }) => spec.provider, text: ({ spec }) => spec.provider },
    { name: 'Member', render: ({ spec }) => spec.user, text: ({ spec }) => spec.user },
    { name: 'State', render: ({ status }) => <StatusChip status={status?.phase} />, width: '130px' },
    {
      name: 'Actions',
      width: '110px',
      align: 'right',
      render: mapping =>
        remove && (
          <Button
            size="small"
            onClick={() => remove(mapping)}
            aria-label={`Remove the login ${mapping.spec.subject}`}
          >
            Remove
          </Button>
        ),
    },
  ];
}

function MapDialog({ open, users, onClose }: { open: boolean; users: readonly string[]; onClose(): void }) {
  const api = useApi(krateApiRef);
  const { namespace } = useOrganization();
  const [provider, setProvider] = useState('backstage');
  const [subject, setSubject] = useState('');
  const [user, setUser] = useState('');
  useEffect(() => {
    if (open) [setSubject, setUser].forEach(set => set(''));
  }, [open]);
  const submit = async () => {
    await api.create(IdentityMapping, namespace, {
      metadata: { generateName: `${user}-`, namespace },
      spec: { user, provider, subject },
    });
    onClose();
  };
  return (
    <FormDialog
      open={open}
      title="Map a login to a member"
      action="Map"
      failure="The login was not mapped"
      ready={Boolean(user && subject && provider)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        required
        size="small"
        label="Provider"
        value={provider}
        onChange={event => setProvider(event.target.value)}
        helperText="backstage for this portal’s own user names, else the id of the provider, for example github."
      />
      <TextField
        required
        size="small"
        label="Login"
        value={subject}
        onChange={event => setSubject(event.target.value)}
        helperText="Its stable name there: the user name here, the number of the account at GitHub."
      />
      <TextField
        select
        required
        size="small"
        label="Member"
        value={user}
        onChange={event => setUser(event.target.value)}
      >
        {users.map(name => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}
