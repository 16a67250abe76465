import type { SvgIconComponent } from '@mui/icons-material';
import AccessIcon from '@mui/icons-material/PeopleOutlineOutlined';
import ApprovalIcon from '@mui/icons-material/RuleOutlined';
import BranchIcon from '@mui/icons-material/CallMergeOutlined';
import PlayIcon from '@mui/icons-material/PlayCircleOutlineOutlined';
import RepositoryIcon from '@mui/icons-material/SourceOutlined';
import StackIcon from '@mui/icons-material/SmartToyOutlined';

export interface NavigationItem {
  text: string;
  /** Below `/orgs/:org`. */
  path: readonly string[];
  icon: SvgIconComponent;
}

/** Items grow from what a person is doing; every one carries the organization in its address. */
export const GROUPS: readonly { label: string; items: readonly NavigationItem[] }[] = [
  {
    label: 'Ship',
    items: [
      { text: 'Repositories', path: ['repositories'], icon: RepositoryIcon },
      { text: 'Pull requests', path: ['pull-requests'], icon: BranchIcon },
      { text: 'Runs', path: ['runs'], icon: PlayIcon },
    ],
  },
  {
    label: 'Agents',
    items: [
      { text: 'Stacks', path: ['stacks'], icon: StackIcon },
      { text: 'Approvals', path: ['approvals'], icon: ApprovalIcon },
    ],
  },
  {
    label: 'Manage',
    items: [{ text: 'Access', path: ['manage', 'access'], icon: AccessIcon }],
  },
];
