import { AgentDispatchRun, AgentProviderConfig, AgentStack } from '@krate/plugin-agents-common';
import { MenuBlueprint } from '@krate/plugin-control-plane-react';
import ApprovalIcon from '@mui/icons-material/RuleOutlined';
import PlayIcon from '@mui/icons-material/PlayCircleOutlineOutlined';
import StackIcon from '@mui/icons-material/SmartToyOutlined';

const CREATE_STACK = '/create/templates/default/create-agent-stack';

/** What agents bring to the navigation, the palette and a new organization. */
export const agentsMenu = MenuBlueprint.make({
  params: {
    pages: [
      {
        title: 'Runs',
        path: ['runs'],
        group: 'Ship',
        icon: PlayIcon,
        order: 30,
        key: 'u',
        keywords: ['dispatch', 'agent'],
      },
      { title: 'Stacks', path: ['stacks'], group: 'Agents', icon: StackIcon, order: 10, key: 's' },
      {
        title: 'Approvals',
        path: ['approvals'],
        group: 'Agents',
        icon: ApprovalIcon,
        order: 20,
        key: 'a',
        keywords: ['waiting', 'decide'],
      },
    ],
    actions: [
      {
        title: 'Dispatch an agent',
        to: 'dispatch',
        key: 'd',
        access: { verb: 'create', kind: AgentDispatchRun },
        keywords: ['run', 'start', 'new'],
      },
      {
        title: 'Create a stack',
        to: CREATE_STACK,
        key: 's',
        access: { verb: 'create', kind: AgentStack },
        keywords: ['new', 'agent'],
      },
    ],
    objects: [{ kind: AgentStack, singular: 'Stack', path: 'stacks' }],
    firstSteps: [
      {
        id: 'model',
        order: 20,
        title: 'Connect a model',
        why: 'An agent’s model calls go through Krate, which keeps the key, counts tokens and stops at a budget.',
        done: { kind: AgentProviderConfig, atLeast: 1 },
        action: {
          label: 'Connect',
          to: '/documentation/guides/use-a-real-model',
          access: { verb: 'create', kind: AgentProviderConfig },
        },
        guide: 'use-a-real-model',
      },
      {
        id: 'stack',
        order: 30,
        title: 'Make a stack',
        why: 'A stack is an agent ready to be dispatched: its program, model, identity, tools and rules.',
        done: { kind: AgentStack, atLeast: 1 },
        action: { label: 'Make one', to: CREATE_STACK, access: { verb: 'create', kind: AgentStack } },
        guide: 'first-tour',
      },
      {
        id: 'dispatch',
        order: 40,
        title: 'Dispatch it on a repository',
        why: 'It works in a clone of its own, asks before it does what its rules do not allow, and proposes a pull request.',
        done: { kind: AgentDispatchRun, atLeast: 1 },
        action: {
          label: 'Dispatch',
          to: 'dispatch',
          access: { verb: 'create', kind: AgentDispatchRun },
        },
        guide: 'first-tour',
      },
    ],
  },
});
