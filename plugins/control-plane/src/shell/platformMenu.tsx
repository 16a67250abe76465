import { MenuBlueprint } from '@krate/plugin-control-plane-react';
import { KRATE_GROUP } from '@krate/resource-model';
import AccessIcon from '@mui/icons-material/PeopleOutlineOutlined';
import ExplorerIcon from '@mui/icons-material/AccountTreeOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import InboxIcon from '@mui/icons-material/InboxOutlined';

const USERS = { group: KRATE_GROUP, plural: 'users' };

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
        to: 'manage/access',
        access: { verb: 'create', kind: USERS },
        keywords: ['add', 'member', 'people', 'user'],
      },
    ],
    objects: [
      { kind: { group: KRATE_GROUP, plural: 'teams' }, singular: 'Team', path: 'manage/access/teams' },
      { kind: USERS, singular: 'Person', path: 'manage/access/members' },
    ],
    firstSteps: [
      {
        id: 'people',
        order: 50,
        title: 'Invite somebody',
        why: 'Work of agents is reviewed; two people make sure that nobody reviews their own.',
        done: { kind: USERS, atLeast: 2 },
        action: { label: 'Invite', to: 'manage/access', access: { verb: 'create', kind: USERS } },
      },
    ],
  },
});
