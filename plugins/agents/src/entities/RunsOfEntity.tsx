import { AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import { Section, useResourceList, useResourceOfEntity } from '@krate/plugin-control-plane-react';
import { KRATE_GROUP, Resource } from '@krate/resource-model';
import { useMemo } from 'react';
import { hasEnded } from '../run/timelineOf';
import { RunsTable } from '../runs/RunsTable';

/** Kinds of other areas, by name: their objects tell which runs are theirs. */
const TEAMS = { group: KRATE_GROUP, plural: 'teams' };
const PROJECTS = { group: KRATE_GROUP, plural: 'krateprojects' };

type Names = readonly string[];
const namesIn = (object: Resource | undefined, ...fields: readonly string[]) =>
  new Set(fields.flatMap(field => ((object?.spec ?? {}) as Record<string, Names>)[field] ?? []));

/** What agents do now for the people of a team. */
export function RunsOfTeam() {
  const { namespace, name } = useResourceOfEntity();
  const { items } = useResourceList(TEAMS, { namespace, name });
  const people = useMemo(() => namesIn(items[0] as Resource, 'members', 'maintainers'), [items]);
  return (
    <ActiveRunsWhere
      title="Agents at work for this team"
      of={run => people.has(run.spec.requestedBy ?? '')}
    />
  );
}

/** What agents do now in the repositories of a project. */
export function RunsOfProject() {
  const { namespace, name } = useResourceOfEntity();
  const { items } = useResourceList(PROJECTS, { namespace, name });
  const repositories = useMemo(() => namesIn(items[0] as Resource, 'repositoryRefs'), [items]);
  return <ActiveRunsWhere title="Agents at work" of={run => repositories.has(run.spec.repository)} />;
}

function ActiveRunsWhere({ title, of }: { title: string; of(run: AgentDispatchRun): boolean }) {
  const { organization, namespace } = useResourceOfEntity();
  const list = useResourceList(AgentDispatchRun, { namespace });
  const stacks = useResourceList(AgentStack, { namespace });
  const active = { ...list, items: list.items.filter(run => !hasEnded(run) && of(run)) };
  return (
    <Section title={title} flush>
      <RunsTable
        organization={organization}
        list={active}
        stacks={stacks.items}
        without={['details']}
        limit={8}
        empty={{ title: 'No agent is at work', children: 'Runs appear here while they go on.' }}
      />
    </Section>
  );
}
