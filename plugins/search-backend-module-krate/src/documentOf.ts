import { IndexableDocument } from '@backstage/plugin-search-common';
import { organizationOf } from '@krate/plugin-control-plane-common';
import { Kind, KRATE_GROUP, Resource } from '@krate/resource-model';

/** A document of the index: what one reads in a result, and what one may filter by. */
export interface KrateDocument extends IndexableDocument {
  organization: string;
  kind: string;
  name: string;
}

/** Kinds with a type and a page of their own; all others share one. */
const OWN_TYPES: Readonly<Record<string, { type: string; path: string }>> = {
  Repository: { type: 'krate-repository', path: 'repositories' },
  PullRequest: { type: 'krate-pull-request', path: 'pull-requests' },
  Issue: { type: 'krate-issue', path: 'issues' },
  KrateProject: { type: 'krate-project', path: 'projects' },
  AgentDispatchRun: { type: 'krate-run', path: 'runs' },
  AgentStack: { type: 'krate-stack', path: 'stacks' },
};
const OTHER = 'krate-resource';

/** The types that objects are indexed under. */
export const OBJECT_TYPES: readonly string[] = [...Object.values(OWN_TYPES).map(({ type }) => type), OTHER];

/** Where a kind's objects are found; undefined for what is not for every member, not an organization's, or a mere record. */
export function typeOf(kind: Kind): string | undefined {
  if (kind.group !== KRATE_GROUP || kind.platform || kind.clusterScoped) return undefined;
  if ((kind.readableBy ?? 'viewer') !== 'viewer') return undefined;
  const own = OWN_TYPES[kind.kind];
  if (own) return own.type;
  return kind.storage === 'config' || 'title' in kind.spec.shape ? OTHER : undefined;
}

/** Longest text of one document, in characters: what people search by stands at the beginning. */
const LONGEST = 5_000;

export function documentOf(kind: Kind, { metadata, spec }: Resource): KrateDocument | undefined {
  const organization = organizationOf(metadata.namespace);
  if (!organization) return undefined;
  const words = (spec ?? {}) as Record<string, unknown>;
  const title = [words.title, words.displayName].find(value => typeof value === 'string' && value !== '');
  return {
    title: title ? `${title} (${metadata.name})` : metadata.name,
    text: textOf(kind, metadata.name, words),
    location: `/orgs/${organization}/${pathOf(kind)}/${metadata.name}`,
    organization,
    kind: kind.kind,
    name: metadata.name,
    authorization: { resourceRef: `group:default/${organization}` },
  };
}

function pathOf(kind: Kind): string {
  return OWN_TYPES[kind.kind]?.path ?? `resource/${kind.plural}`;
}

/** What a person would remember of it: its description, its task, whom it concerns. */
function textOf(kind: Kind, name: string, spec: Record<string, unknown>): string {
  const prose = [spec.description, spec.task, spec.body, spec.summary].filter(isText);
  const about = [spec.repository, spec.agentStack, spec.author, spec.requestedBy, spec.baseAgent, spec.email];
  const tags = [spec.topics, spec.labels].flatMap(value => (Array.isArray(value) ? value : []));
  const text = [...prose, [kind.kind, name, ...about.filter(isText), ...tags.filter(isText)].join(' ')];
  return text.join('\n').slice(0, LONGEST);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
