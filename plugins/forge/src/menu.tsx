import { MenuBlueprint } from '@krate/plugin-control-plane-react';
import { Issue, KrateProject, PullRequest, Repository } from '@krate/plugin-forge-common';
import BoardIcon from '@mui/icons-material/ViewKanbanOutlined';
import IssueIcon from '@mui/icons-material/AdjustOutlined';
import BranchIcon from '@mui/icons-material/CallMergeOutlined';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import SearchIcon from '@mui/icons-material/ManageSearchOutlined';
import RepositoryIcon from '@mui/icons-material/SourceOutlined';

/** What the forge brings to the navigation, the palette and a new organization. */
export const forgeMenu = MenuBlueprint.make({
  params: {
    pages: [
      {
        title: 'Repositories',
        path: ['repositories'],
        group: 'Ship',
        icon: RepositoryIcon,
        order: 10,
        key: 'r',
        keywords: ['code', 'git'],
      },
      {
        title: 'Pull requests',
        path: ['pull-requests'],
        group: 'Ship',
        icon: BranchIcon,
        order: 20,
        key: 'p',
        keywords: ['reviews', 'changes', 'merge'],
      },
      {
        title: 'Code search',
        path: ['code-search'],
        group: 'Ship',
        icon: SearchIcon,
        order: 60,
        keywords: ['find', 'grep', 'source'],
      },
      {
        title: 'SSH keys',
        path: ['keys'],
        group: 'Manage',
        icon: KeyIcon,
        order: 45,
        keywords: ['ssh', 'deploy', 'signing', 'public key'],
      },
      {
        title: 'Issues',
        path: ['issues'],
        group: 'Ship',
        icon: IssueIcon,
        order: 30,
        keywords: ['bugs', 'tickets', 'work'],
      },
      {
        title: 'Projects',
        path: ['projects'],
        group: 'Ship',
        icon: BoardIcon,
        order: 40,
        keywords: ['board', 'kanban'],
      },
    ],
    actions: [
      {
        title: 'Create a repository',
        to: 'repositories?new',
        key: 'r',
        access: { verb: 'create', kind: Repository },
        keywords: ['new'],
      },
    ],
    objects: [
      { kind: Repository, singular: 'Repository', path: 'repositories' },
      { kind: PullRequest, singular: 'Pull request', path: 'pull-requests' },
      { kind: Issue, singular: 'Issue', path: 'issues' },
      { kind: KrateProject, singular: 'Project', path: 'projects' },
    ],
    firstSteps: [
      {
        id: 'repository',
        order: 10,
        title: 'Create a repository',
        why: 'Agents work on repositories that Krate hosts; clone it, push to it, protect it.',
        done: { kind: Repository, atLeast: 1 },
        action: {
          label: 'Create',
          to: 'repositories?new',
          access: { verb: 'create', kind: Repository },
        },
        guide: 'first-tour',
      },
    ],
  },
});
