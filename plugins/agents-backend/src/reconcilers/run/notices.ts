import { EffectIntent } from '@krate/controller-runtime';
import type { AgentApproval, AgentDispatchRun } from '@krate/plugin-agents-common';
import { organizationOf } from '@krate/plugin-control-plane-common';

/** What a notification says, to whom, and where it leads. The scope makes a repeated one replace the first. */
export interface Notice {
  namespace: string;
  to: { approvers: true } | { user: string };
  title: string;
  description: string;
  link: string;
  scope: string;
  severity: 'normal' | 'high';
  /** What people turn on and off in their preferences; absent in notices from before there were topics: `runs`. */
  topic?: 'approvals' | 'runs';
}

/** Tells those who may approve that a run waits for them. */
export function approvalNotice(
  owner: { namespace?: string },
  approval: Pick<AgentApproval['spec'], 'actionDetail' | 'dispatchRun'>,
  name: string,
): EffectIntent {
  const input: Notice = {
    namespace: owner.namespace!,
    to: { approvers: true },
    title: `${approval.dispatchRun} waits for an approval`,
    description: approval.actionDetail.summary.slice(0, 500),
    link: `/orgs/${organizationOf(owner.namespace)}/approvals`,
    scope: `${owner.namespace}/${name}`,
    severity: 'high',
    topic: 'approvals',
  };
  return { name: 'notify', key: name, input };
}

/** Tells whoever asked for a run how it ended. */
export function completeNotice(run: AgentDispatchRun, phase: string, pullRequest?: string): EffectIntent {
  const { name, namespace, uid } = run.metadata;
  const input: Notice = {
    namespace: namespace!,
    to: { user: run.spec.requestedBy ?? '' },
    title: `${name}: ${phase.toLowerCase()}`,
    description: pullRequest
      ? `It opened ${pullRequest}`
      : `On ${run.spec.repository}, with ${run.spec.agentStack}`,
    link: `/orgs/${organizationOf(namespace)}/runs/${name}`,
    scope: uid,
    severity: phase === 'Failed' ? 'high' : 'normal',
    topic: 'runs',
  };
  return { name: 'notify', key: 'complete', input };
}
