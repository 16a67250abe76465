import { Team, User } from '@krate/plugin-control-plane-common';
import {
  EmptyState,
  Problem,
  SkeletonRows,
  useResource,
  useResourceList,
  useResourceOfEntity,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { PermissionsSection } from '../administration/access/PermissionsSection';
import { TeamMembers } from '../administration/access/TeamMembers';

/** Who is in a team and what it may do, where its entity is looked at. */
export function TeamCard() {
  const { namespace, name } = useResourceOfEntity();
  const { object: team, loading, error } = useResource(Team, namespace, name);
  const users = useResourceList(User, { namespace });
  if (error) return <Problem error={error} title="The team could not be read" />;
  if (loading) return <SkeletonRows rows={6} />;
  if (!team) return <EmptyState title="There is no such team, or you may not see it" />;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <TeamMembers team={team} users={users.items} />
      <PermissionsSection subject={{ kind: 'Team', name }} />
    </Box>
  );
}
