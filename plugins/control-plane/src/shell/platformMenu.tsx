import { Invite, Team, User } from '@krate/plugin-control-plane-common';
import { MenuBlueprint } from '@krate/plugin-control-plane-react';
import AccessIcon from '@mui/icons-material/PeopleOutlineOutlined';
import ExplorerIcon from '@mui/icons-material/AccountTreeOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import InboxIcon from '@mui/icons-material/InboxOutlined';

const INVITE = { to: 'manage/access/invites?new', access: { verb: 'create', kind: Invite } };

/** The pages that are there without any area. */
export const platformMenu = MenuBlueprint.make({
  name: 'platform',
  params: {
    pages: [
      { title: 'Home', path: [], icon: HomeIcon, order: 1, key: 'h', keywords: ['start', 'dashboard'] },
      {
        title: 'Inbox',
        path: ['inbox'],
        icon: InboxIcon,
        order: 2,
        key: 'i',
        keywords: ['waiting', 'review'],
      },
      {
        title: 'Access',
        path: ['manage', 'access'],
        group: 'Manage',
        icon: AccessIcon,
        order: 20,
        key: 'm',
        keywords: ['members', 'people', 'teams', 'roles', 'permissions'],
      },
      {
        title: 'Explorer',
        path: ['explorer'],
        group: 'Manage',
        icon: ExplorerIcon,
        order: 50,
        key: 'x',
        keywords: ['kinds', 'objects', 'resources', 'yaml', 'kubectl', 'edit', 'views'],
      },
    ],
    actions: [
      {
        title: 'Invite somebody',
        ...INVITE,
        keywords: ['add', 'member', 'people', 'user', 'invitation', 'link'],
      },
    ],
    objects: [
      { kind: Team, singular: 'Team', path: 'manage/access/teams' },
      { kind: User, singular: 'Person', path: 'manage/access/members' },
    ],
    firstSteps: [
      {
        id: 'people',
        order: 50,
        title: 'Invite somebody',
        why: 'Work of agents is reviewed; two people make sure that nobody reviews their own.',
        done: { kind: User, atLeast: 2 },
        action: { label: 'Invite', ...INVITE },
      },
    ],
  },
});
