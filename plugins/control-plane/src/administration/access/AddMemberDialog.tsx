import { useApi } from '@backstage/core-plugin-api';
import {
  AgentRoleBinding,
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  User,
} from '@krate/plugin-control-plane-common';
import {
  FormDialog,
  KrateApi,
  krateApiRef,
  Link,
  organizationPath,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { ApiError, Kind, Role } from '@krate/resource-model';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { RoleField } from '../shared/roles';

/** `Ada_L` as a name of the API: `ada-l`. */
export function userNameFor(login: string): string {
  return login
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}

/** Adds somebody who has a login already: a User, the login that leads to it, and a role. */
export function AddMemberDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace } = useOrganization();
  const [login, setLogin] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<Role | undefined>('developer');
  useEffect(() => {
    if (open) [setLogin, setDisplayName].forEach(set => set(''));
  }, [open]);

  const name = userNameFor(login);
  const submit = async () => {
    await addMember(api, namespace, { name, login, displayName: displayName || login, role });
    onClose();
    navigate(organizationPath(organization, 'manage', 'access', 'members', name));
  };
  return (
    <FormDialog
      open={open}
      title={`Add a member to ${organization}`}
      action="Add"
      failure="The member was not added"
      ready={name !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
        autoFocus
        required
        size="small"
        label="User name"
        value={login}
        onChange={event => setLogin(event.target.value)}
        helperText="The name they sign in to this portal with, as it stands below Settings."
      />
      <TextField
        size="small"
        label="Name people read"
        value={displayName}
        onChange={event => setDisplayName(event.target.value)}
        placeholder={login}
      />
      <RoleField value={role} onChange={setRole} none="May come in later, through a team." />
      <Typography variant="body2" color="text.secondary">
        Somebody who cannot sign in yet gets an{' '}
        <Link underline="always" to={organizationPath(organization, 'manage', 'access', 'invites')}>
          invitation
        </Link>{' '}
        instead.
      </Typography>
    </FormDialog>
  );
}

/** Made in an order that can be repeated after a failure: what is there already stays, and the role comes last. */
async function addMember(
  api: KrateApi,
  namespace: string,
  member: { name: string; login: string; displayName: string; role?: Role },
): Promise<void> {
  const { name, login, displayName, role } = member;
  const make = async (kind: Kind, spec: object, tolerant: boolean) => {
    try {
      await api.create(kind, namespace, { metadata: { name, namespace }, spec });
    } catch (error) {
      const exists = error instanceof ApiError && error.reason === 'AlreadyExists';
      if (!(exists && tolerant)) throw error;
    }
  };
  await make(User, { displayName }, true);
  await make(IdentityMapping, { user: name, provider: BACKSTAGE_PROVIDER, subject: login }, true);
  if (!role) return;
  const subject = { kind: 'User', name };
  const spec = { subject, scope: { kind: 'organization' }, roleRef: { name: role } };
  await api.create(AgentRoleBinding, namespace, { metadata: { name: `user-${name}`, namespace }, spec });
}
