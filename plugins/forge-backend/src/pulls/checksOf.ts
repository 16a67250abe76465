import { Pipeline, PullRequest } from '@krate/plugin-forge-common';

export type Check = NonNullable<NonNullable<PullRequest['status']>['checks']>[number];
type Phase = NonNullable<NonNullable<Pipeline['status']>['phase']>;

const STATE: Readonly<Record<Phase, Check['state']>> = {
  Pending: 'Pending',
  Queued: 'Pending',
  Running: 'Running',
  Succeeded: 'Succeeded',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
};

/**
 * The checks of a head commit: `<workflow>/<job>` for each job of the newest pipeline of each workflow, and a pending one for
 * each required context that nothing reports. A required `<workflow>` means all of its jobs.
 */
export function checksOf(
  headSha: string | undefined,
  pipelines: readonly Pipeline[],
  required: readonly string[],
): Check[] {
  const isRequired = (context: string) => required.some(name => matches(name, context));
  const found = newestPerWorkflow(pipelines.filter(({ spec }) => spec.sha === headSha)).flatMap(pipeline =>
    jobChecks(pipeline).map(check => ({
      ...check,
      pipeline: pipeline.metadata.name,
      required: isRequired(check.context),
    })),
  );
  const absent = required.filter(name => !found.some(({ context }) => matches(name, context)));
  return [...found, ...absent.map(context => ({ context, state: 'Pending' as const, required: true }))];
}

function matches(required: string, context: string): boolean {
  return required === context || context.startsWith(`${required}/`);
}

function jobChecks({ spec, status }: Pipeline): Pick<Check, 'context' | 'state' | 'job'>[] {
  if (spec.jobs.length === 0) return [{ context: spec.workflow, state: STATE[status?.phase ?? 'Pending'] }];
  return spec.jobs.map(({ name }) => {
    const job = status?.jobs?.find(candidate => candidate.name === name);
    return {
      context: `${spec.workflow}/${name}`,
      state: STATE[job?.phase ?? 'Pending'],
      ...(job ? { job: job.job } : {}),
    };
  });
}

function newestPerWorkflow(pipelines: readonly Pipeline[]): Pipeline[] {
  const newest = new Map<string, Pipeline>();
  const age = ({ metadata }: Pipeline) => `${metadata.creationTimestamp ?? ''} ${metadata.name}`;
  for (const pipeline of [...pipelines].sort((a, b) => (age(a) < age(b) ? -1 : 1)))
    newest.set(pipeline.spec.workflow, pipeline);
  return [...newest.values()].sort((a, b) => (a.spec.workflow < b.spec.workflow ? -1 : 1));
}
