import { Resource } from '@krate/resource-model';

type AnyObject = Resource<any, any>;

/** One change of an object. `previous` is absent for what is new. */
export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: AnyObject;
  previous?: AnyObject;
}

/** What happened, in the words of the object's kind: `merged`, with what is worth saying of it. */
export interface Happening {
  what: string;
  detail?: Record<string, unknown>;
}

/** Recognises happenings of one kind that creation, deletion and the phase do not tell. */
type Recognise = (before: AnyObject, after: AnyObject) => Happening[];

/** The kinds whose changes are told, by the first word of their events. */
const KINDS: Readonly<Record<string, { word: string; recognise?: Recognise }>> = {
  Repository: { word: 'repository', recognise: pushed },
  PullRequest: { word: 'pullrequest', recognise: pullRequestMoved },
  Review: { word: 'review' },
  Issue: { word: 'issue', recognise: issueChanged },
  KrateProject: { word: 'project' },
  Pipeline: { word: 'pipeline' },
  Job: { word: 'job' },
  AgentDispatchRun: { word: 'run' },
  AgentApproval: { word: 'approval' },
  KrateWorkspace: { word: 'workspace' },
  KrateArtifact: { word: 'artifact' },
};

/** Whether changes of a kind are told to listeners. */
export function isTold(kind: string): boolean {
  return kind in KINDS;
}

/** The types of event that one change is; mostly none. */
export function eventsOfChange(change: ObjectChange): (Happening & { type: string })[] {
  const known = KINDS[change.object.kind];
  if (!known) return [];
  return happeningsOf(change, known.recognise).map(happening => ({
    ...happening,
    type: `${known.word}.${happening.what}`,
  }));
}

function happeningsOf({ type, object, previous }: ObjectChange, recognise?: Recognise): Happening[] {
  if (type === 'ADDED') return [{ what: 'created' }];
  if (type === 'DELETED') return [{ what: 'deleted' }];
  if (!previous) return [];
  return [...phaseReached(previous, object), ...(recognise?.(previous, object) ?? [])];
}

/** A phase that was reached, `AwaitingApproval` as `awaiting-approval`. The first one is part of being created. */
function phaseReached(before: AnyObject, after: AnyObject): Happening[] {
  const [was, is] = [before.status?.phase, after.status?.phase];
  if (!was || !is || was === is) return [];
  if (after.kind === 'PullRequest' && is === 'Open')
    return [{ what: was === 'Draft' ? 'ready' : 'reopened' }];
  if (after.kind === 'Issue' && is === 'Open')
    return [{ what: was === 'Blocked' ? 'unblocked' : 'reopened' }];
  return [{ what: is.replace(/\B([A-Z])/g, '-$1').toLowerCase() }];
}

function pullRequestMoved(before: AnyObject, after: AnyObject): Happening[] {
  const [was, is] = [before.status?.headSha, after.status?.headSha];
  return was && is && was !== is ? [{ what: 'synchronized', detail: { before: was, after: is } }] : [];
}

/** The default branch moved, by a push or a merge. */
function pushed(before: AnyObject, after: AnyObject): Happening[] {
  const [was, is] = [before.status?.headSha, after.status?.headSha];
  if (!is || was === is) return [];
  const ref = `refs/heads/${after.spec.defaultBranch}`;
  return [{ what: 'pushed', detail: { ref, after: is, ...(was && { before: was }) } }];
}

const ISSUE_FIELDS = ['title', 'body', 'labels', 'assignees', 'milestone', 'priority', 'dueDate'];

function issueChanged(before: AnyObject, after: AnyObject): Happening[] {
  const changed = ISSUE_FIELDS.filter(
    field => JSON.stringify(before.spec[field]) !== JSON.stringify(after.spec[field]),
  );
  const said = (after.spec.comments?.length ?? 0) - (before.spec.comments?.length ?? 0);
  const moved = before.spec.workflowState !== after.spec.workflowState;
  return [
    ...(changed.length > 0 ? [{ what: 'edited', detail: { fields: changed } }] : []),
    ...(said > 0 ? [{ what: 'commented', detail: { comment: after.spec.comments.at(-1) } }] : []),
    ...(moved
      ? [{ what: 'moved', detail: { from: before.spec.workflowState, to: after.spec.workflowState } }]
      : []),
  ];
}
