import { PermissionReach } from '@krate/plugin-agents-common';
import { Fact, Facts } from '@krate/plugin-control-plane-react';
import { humanDuration } from '@krate/resource-model';
import { formatCost, shortRef } from '../shared/format';

/** What a run could touch, in sentences short enough to be read before a click. */
export function Reach({ reach }: { reach: PermissionReach }) {
  return <Facts facts={factsOf(reach)} />;
}

const FILES = {
  none: 'It sees none',
  read: 'It reads a copy of the repository and changes nothing',
  workspace: 'It changes a copy of its own, and nothing outside it',
} as const;

const DELIVERY = {
  file: 'the agent can read it',
  'by-reference': 'Krate uses it, the agent never sees it',
  'not-granted': 'not granted',
} as const;

function factsOf(reach: PermissionReach): Fact[] {
  const { identity, repository, network, secrets, writeBack, limits } = reach;
  const toolsThat = (decision: string) =>
    reach.tools.flatMap(tool => (tool.decision === decision ? tool.kind : [])).join(', ');
  return [
    [
      'Runs as',
      `${identity.serviceAccount}${identity.roles.length > 0 ? ` (${identity.roles.join(', ')})` : ''}`,
    ],
    [
      'Starts from',
      `${repository.name} at ${shortRef(repository.ref)}${repository.untrusted ? ', whose code nobody reviewed' : ''}`,
    ],
    ['Files', FILES[reach.files]],
    ['Does unasked', toolsThat('allow')],
    ['Asks for', toolsThat('ask')],
    ['Never does', toolsThat('deny')],
    ['Runs unasked', reach.commands.allowed.join(', ')],
    ['Never runs', reach.commands.denied.join(', ')],
    ['Model', network.model ? `${network.model.provider}, through Krate` : 'None'],
    ['Reaches', network.hosts.length > 0 ? network.hosts.join(', ') : 'Nothing on the network'],
    [
      'Secrets',
      secrets.length > 0
        ? secrets.map(({ secret, keys, delivery }) => (
            <div key={secret}>
              {secret}
              {keys.length > 0 && ` (${keys.join(', ')})`}: {DELIVERY[delivery]}
            </div>
          ))
        : 'None',
    ],
    ['Its changes', changesOf(writeBack)],
    ['Ends after', limitsOf(limits)],
  ];
}

function changesOf({ allowed, requireApproval, targets }: PermissionReach['writeBack']): string {
  if (!allowed) return 'Kept as an artifact; nothing is proposed';
  const where = targets.join(', ').replaceAll('-', ' ');
  return requireApproval ? `Proposed after an approval: ${where}` : `Proposed without asking: ${where}`;
}

function limitsOf({ maxDurationSeconds, maxTokens, maxCostUsd }: PermissionReach['limits']): string {
  return [
    humanDuration(maxDurationSeconds * 1000),
    maxTokens !== undefined && `${maxTokens.toLocaleString('en')} tokens`,
    maxCostUsd !== undefined && formatCost(maxCostUsd),
  ]
    .filter(Boolean)
    .join(' or ');
}
