import { useApi } from '@backstage/core-plugin-api';
import { Team, User } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  EmptyState,
  FormDialog,
  krateApiRef,
  Link,
  organizationPath,
  Problem,
  Section,
  useAccess,
  useOrganization,
  useUndo,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

type People = Pick<Team['spec'], 'members' | 'maintainers'>;

/** Who is in a team and who may change it. */
export function TeamMembers({ team, users }: { team: Team; users: readonly User[] }) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const { name } = team.metadata;
  const access = useAccess('update', Team, namespace, name);
  const [adding, setAdding] = useState(false);
  const [error, setError] = useState<Error>();
  const { members, maintainers } = team.spec;
  const people = [...new Set([...maintainers, ...members])].sort();

  // The whole lists are written: a merge patch has no way to remove one entry. `resourceVersion` refuses lost updates.
  const write = (next: People) =>
    api.patch(Team, namespace, name, {
      metadata: { resourceVersion: team.metadata.resourceVersion },
      spec: next,
    });
  const remove = async (user: string) => {
    setError(undefined);
    const without = (names: readonly string[]) => names.filter(other => other !== user);
    try {
      await write({ members: without(members), maintainers: without(maintainers) });
      announce({
        message: `${user} is not in the team any more`,
        undo: () => api.patch(Team, namespace, name, { spec: { members, maintainers } }),
      });
    } catch (refused) {
      setError(refused as Error);
    }
  };
  const permission = `change the team ${name}`;
  const add = (
    <AccessButton size="small" access={access} permission={permission} onClick={() => setAdding(true)}>
      Add
    </AccessButton>
  );
  return (
    <Section title="Members" action={add} flush>
      {error && <Problem error={error} title="The team was not changed" />}
      {people.length === 0 && (
        <EmptyState title="Nobody is in this team yet">Whoever is added has its role at once.</EmptyState>
      )}
      {people.map((user, index) => (
        <Box
          key={user}
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
          <Link to={organizationPath(organization, 'manage', 'access', 'members', user)}>
            {users.find(({ metadata }) => metadata.name === user)?.spec.displayName ??
              `${user} (no such user)`}
          </Link>
          <Box sx={{ ml: 'auto', color: 'text.secondary' }}>
            {maintainers.includes(user) ? 'maintains the team' : ''}
          </Box>
          <AccessButton
            size="small"
            access={access}
            permission={permission}
            aria-label={`Take ${user} out of the team`}
            onClick={() => remove(user)}
          >
            Take out
          </AccessButton>
        </Box>
      ))}
      <AddDialog
        open={adding}
        onClose={() => setAdding(false)}
        users={users.filter(({ metadata }) => !people.includes(metadata.name))}
        onAdd={(user, maintains) =>
          write({
            members: maintains ? members : [...members, user],
            maintainers: maintains ? [...maintainers, user] : maintainers,
          })
        }
      />
      {bar}
    </Section>
  );
}

function AddDialog({
  open,
  onClose,
  users,
  onAdd,
}: {
  open: boolean;
  onClose(): void;
  users: readonly User[];
  onAdd(user: string, maintains: boolean): Promise<unknown>;
}) {
  const [user, setUser] = useState('');
  const [maintains, setMaintains] = useState(false);
  useEffect(() => {
    if (open) setUser('');
  }, [open]);
  return (
    <FormDialog
      open={open}
      title="Add somebody to the team"
      action="Add"
      failure="Nobody was added"
      ready={user !== ''}
      onSubmit={() => onAdd(user, maintains).then(onClose)}
      onClose={onClose}
    >
      <TextField
        select
        required
        size="small"
        label="Member of the organization"
        value={user}
        onChange={event => setUser(event.target.value)}
        helperText={users.length === 0 ? 'Everybody in the organization is in this team.' : undefined}
      >
        {users.map(({ metadata, spec }) => (
          <MenuItem key={metadata.uid} value={metadata.name}>
            {spec.displayName}
          </MenuItem>
        ))}
      </TextField>
      <FormControlLabel
        control={<Checkbox checked={maintains} onChange={event => setMaintains(event.target.checked)} />}
        label="May add and remove people of this team"
      />
    </FormDialog>
  );
}
