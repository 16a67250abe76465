import { useApi } from '@backstage/core-plugin-api';
import { Team } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
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
import TextField from '@mui/material/TextField';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { bindingsOf } from '../shared/setRole';
import { useDirectories } from '../shared/useDirectories';
import { AccessFrame } from './AccessFrame';
import { userNameFor } from './AddMemberDialog';

type TeamRow = Team & { roles: string };

const COLUMNS: readonly TableColumn<TeamRow>[] = [
  { name: 'Role', render: ({ roles }) => roles || 'none', text: ({ roles }) => roles, width: '130px' },
  {
    name: 'Members',
    render: ({ spec }) => new Set([...spec.members, ...spec.maintainers]).size,
    width: '90px',
    align: 'right',
  },
  {
    name: 'Maintained by',
    render: ({ spec }) => spec.maintainers.join(', '),
    text: ({ spec }) => spec.maintainers.join(' '),
    wideOnly: true,
  },
  {
    name: 'State',
    render: ({ status }) => {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready');
      return (
        ready && (
          <StatusChip status={ready.status === 'True' ? 'Ready' : ready.reason} title={ready.message} />
        )
      );
    },
    width: '150px',
  },
];

/** The teams of an organization. */
export function TeamsPage() {
  const { organization, namespace } = useOrganization();
  const { teams, bindings, loading, error } = useDirectories(namespace);
  const access = useAccess('create', Team, namespace);
  const [making, setMaking] = useState(false);
  const rows = useMemo(
    () =>
      teams.map(team => {
        const given = bindingsOf({ kind: 'Team', name: team.metadata.name }, bindings);
        return { ...team, roles: given.map(({ spec }) => spec.roleRef.name).join(', ') };
      }),
    [teams, bindings],
  );
  const make = (
    <AccessButton
      variant="contained"
      access={access}
      permission={`make teams in ${organization}`}
      onClick={() => setMaking(true)}
    >
      Make a team
    </AccessButton>
  );
  return (
    <AccessFrame tab="teams" action={make}>
      <ResourceTable
        label="Teams"
        list={{ items: rows, loading, error }}
        columns={COLUMNS}
        rowPath={({ metadata }) => organizationPath(organization, 'manage', 'access', 'teams', metadata.name)}
        rowTitle={({ spec }) => spec.displayName}
        empty={
          <EmptyState title="No team yet" action={make}>
            A team gives the same role and the same repositories to several people at once, and is asked for
            reviews as one.
          </EmptyState>
        }
      />
      <MakeTeamDialog open={making} onClose={() => setMaking(false)} />
    </AccessFrame>
  );
}

function MakeTeamDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace } = useOrganization();
  const [displayName, setDisplayName] = useState('');
  const [description, setDescription] = useState('');
  useEffect(() => {
    if (open) [setDisplayName, setDescription].forEach(set => set(''));
  }, [open]);
  const name = userNameFor(displayName);
  const submit = async () => {
    const spec = { displayName, ...(description && { description }) };
    await api.create(Team, namespace, { metadata: { name, namespace }, spec });
    onClose();
    navigate(organizationPath(organization, 'manage', 'access', 'teams', name));
  };
  return (
    <FormDialog
      open={open}
      title="Make a team"
      action="Make"
      failure="The team was not made"
      ready={name !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
        autoFocus
        required
        size="small"
        label="Name"
        value={displayName}
        onChange={event => setDisplayName(event.target.value)}
        helperText={name ? `Its identity will be Team/${organization}/${name}` : ' '}
      />
      <TextField
        size="small"
        label="What it is for"
        value={description}
        onChange={event => setDescription(event.target.value)}
      />
    </FormDialog>
  );
}
