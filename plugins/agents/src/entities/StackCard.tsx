import { AgentStack } from '@krate/plugin-agents-common';
import {
  EmptyState,
  Problem,
  SkeletonRows,
  useResource,
  useResourceOfEntity,
} from '@krate/plugin-control-plane-react';
import { StackOverview } from '../stacks/StackOverview';

/** All about a stack, where its entity is looked at. */
export function StackCard() {
  const { organization, namespace, name } = useResourceOfEntity();
  const { object: stack, loading, error } = useResource(AgentStack, namespace, name);
  if (error) return <Problem error={error} title="The stack could not be read" />;
  if (loading) return <SkeletonRows rows={8} />;
  if (!stack) return <EmptyState title="There is no such stack, or you may not see it" />;
  return <StackOverview organization={organization} stack={stack} />;
}
