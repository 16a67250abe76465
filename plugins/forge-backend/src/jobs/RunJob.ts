import { hostname } from 'node:os';
import { join } from 'node:path';
import { Effect, EffectContext, EffectError, EffectKey, Observation } from '@krate/controller-runtime';
import { organizationOf } from '@krate/plugin-control-plane-common';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { Job } from '@krate/plugin-forge-common';
import { GitRepositories } from '@krate/plugin-forge-node';
import { JobIsolation } from './JobIsolation';
import { JobLog } from './JobLog';
import { JobSandbox } from './JobSandbox';
import { JobWorkspace } from './JobWorkspace';
import { runStep } from './runStep';

export interface RunJobInput {
  namespace: string;
  /** Of the Job. */
  name: string;
  uid: string;
  repository: string;
  pipeline: string;
  workflow?: string;
  /** As in the workflow file. */
  job: string;
  sha: string;
  ref?: string;
  steps: { name: string; run: string }[];
  trusted: boolean;
  timeoutSeconds: number;
}

type StepStates = NonNullable<NonNullable<Job['status']>['steps']>;
type LogState = NonNullable<NonNullable<Job['status']>['log']>;

export interface JobProgress {
  startedAt: string;
  node: string;
  steps: StepStates;
  log?: LogState;
}

export interface JobResult extends JobProgress {
  outcome: 'Succeeded' | 'StepFailed' | 'TimedOut';
  finishedAt: string;
  exitCode?: number;
  failedStep?: string;
}

export interface RunJobOptions {
  streams: ControlPlane['streams'];
  logger: ControlPlane['logger'];
  repositories: GitRepositories;
  dataDirectory: string;
  isolation: Promise<JobIsolation>;
}

/** A job whose host went away is started once more. */
const MAX_STARTS = 2;

/**
 * Runs the steps of a job on its commit. The processes of a job die with the backend: a job that has a result is done, any
 * other is absent and started again from the beginning, once; then it is given up as `RunnerLost`.
 *
 * Codes: `RunnerLost`, `LaunchFailed`.
 */
export class RunJob implements Effect<RunJobInput, JobResult, JobProgress> {
  readonly name = 'run-job';
  /** Runner pools decide how many run at once. */
  readonly concurrency = Infinity;
  readonly maxAttempts = 3;

  constructor(private readonly options: RunJobOptions) {}

  async observe(_key: EffectKey, input: RunJobInput): Promise<Observation<JobResult>> {
    const result = await this.workspaceOf(input).readResult<JobResult>();
    return result ? { state: 'done', result: await this.sealed(input, result) } : { state: 'absent' };
  }

  async perform(_key: EffectKey, input: RunJobInput, ctx: EffectContext<JobProgress>): Promise<JobResult> {
    const isolation = await this.options.isolation;
    if (!isolation.enforced && !input.trusted) {
      throw new EffectError('LaunchFailed', `Untrusted work needs isolation. ${isolation.reason}`);
    }
    const workspace = this.workspaceOf(input);
    const log = await JobLog.open(this.options.streams, this.streamOf(input));
    const uid = JobSandbox.takeUid();
    try {
      ctx.signal.throwIfAborted();
      await this.launch(input, workspace, log, ctx.signal);
      const sandbox = new JobSandbox({
        isolated: isolation.enforced,
        workspace: workspace.workspace,
        home: workspace.home,
        uid,
      });
      await sandbox.prepare(this.options.dataDirectory).catch(error => {
        throw new EffectError('LaunchFailed', error instanceof Error ? error.message : String(error));
      });
      const result = await this.runSteps(input, sandbox, log, ctx);
      await log.flush();
      await workspace.writeResult(result);
      return await this.sealed(input, result);
    } catch (error) {
      if (ctx.signal.aborted && (ctx.signal.reason as { why?: string })?.why === 'cancel')
        await this.noteCancelled(log);
      throw error;
    } finally {
      JobSandbox.returnUid(uid);
      await workspace
        .clear()
        .catch(error => this.options.logger.warn(`The workspace of job ${input.name} was left: ${error}`));
    }
  }

  /** The result first, then the seal: a crash between the two is finished by the next observation. */
  private async sealed(input: RunJobInput, result: JobResult): Promise<JobResult> {
    const { length, digest } = await this.options.streams.seal(this.streamOf(input));
    return { ...result, log: { stream: 'log', length, ...(digest ? { digest } : {}) } };
  }

  private async launch(
    input: RunJobInput,
    workspace: JobWorkspace,
    log: JobLog,
    signal: AbortSignal,
  ): Promise<void> {
    const starts = await workspace.countStart();
    if (starts > MAX_STARTS) {
      log.write('[krate] the runner was lost again; given up\n');
      await log.seal();
      throw new EffectError('RunnerLost', 'The runner was lost twice while the job ran');
    }
    if (starts > 1) log.write('\n[krate] the runner was lost; started again from the beginning\n');
    log.write(`[krate] ${input.repository} at ${input.sha}\n`);
    try {
      await workspace.checkOut(
        this.options.repositories,
        { namespace: input.namespace, repository: input.repository },
        input.sha,
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      this.options.logger.warn(`Job ${input.namespace}/${input.name} could not be checked out: ${error}`);
      log.write('[krate] the commit could not be checked out\n');
      await log.seal();
      throw new EffectError('LaunchFailed', 'The commit could not be checked out');
    }
  }

  private async runSteps(
    input: RunJobInput,
    sandbox: JobSandbox,
    log: JobLog,
    ctx: EffectContext<JobProgress>,
  ): Promise<JobResult> {
    const progress: JobProgress = {
      startedAt: new Date().toISOString(),
      node: hostname(),
      steps: input.steps.map(({ name }) => ({ name, phase: 'Pending' })),
    };
    const deadline = Date.now() + input.timeoutSeconds * 1000;
    const report = () =>
      ctx.report({ ...progress, steps: [...progress.steps], log: { stream: 'log', length: log.offset } });
    for (const [index, step] of input.steps.entries()) {
      const began = Date.now();
      progress.steps[index] = { name: step.name, phase: 'Running', offset: log.offset };
      log.write(`\n##[step ${index + 1}/${input.steps.length}] ${step.name.replace(/\s+/g, ' ')}\n`);
      await report();
      const command = sandbox.command(step.run, environmentOf(input));
      const end = await runStep(command, {
        deadline,
        signal: ctx.signal,
        onOutput: chunk => log.write(chunk),
      });
      ctx.signal.throwIfAborted();
      const succeeded = end.end === 'exit' && end.exitCode === 0;
      const durationSeconds = (Date.now() - began) / 1000;
      progress.steps[index] = {
        ...progress.steps[index],
        phase: succeeded ? 'Succeeded' : 'Failed',
        durationSeconds,
      };
      await log.flush();
      if (succeeded) continue;
      return this.failed(progress, index, end, log);
    }
    return { ...progress, outcome: 'Succeeded', exitCode: 0, finishedAt: new Date().toISOString() };
  }

  private failed(
    progress: JobProgress,
    index: number,
    end: Awaited<ReturnType<typeof runStep>>,
    log: JobLog,
  ): JobResult {
    const failedStep = progress.steps[index].name;
    const steps = progress.steps.map((step, at) =>
      at > index ? { ...step, phase: 'Skipped' as const } : step,
    );
    const finishedAt = new Date().toISOString();
    if (end.end === 'exit') {
      log.write(`\n[krate] exit code ${end.exitCode}\n`);
      return { ...progress, steps, outcome: 'StepFailed', exitCode: end.exitCode, failedStep, finishedAt };
    }
    log.write('\n[krate] it took too long and was ended\n');
    return { ...progress, steps, outcome: 'TimedOut', failedStep, finishedAt };
  }

  private async noteCancelled(log: JobLog): Promise<void> {
    try {
      log.write('\n[krate] cancelled\n');
      await log.seal();
    } catch (error) {
      this.options.logger.warn(`The log of a cancelled job was not sealed: ${error}`);
    }
  }

  private workspaceOf({ uid }: RunJobInput): JobWorkspace {
    return new JobWorkspace(join(this.options.dataDirectory, 'jobs'), uid);
  }

  private streamOf({ namespace, name, uid }: RunJobInput) {
    return { resource: Job.plural, namespace, name, uid, stream: 'log' };
  }
}

/** All that a step is told. Nothing of the backend's environment is passed on. */
function environmentOf(input: RunJobInput): Record<string, string> {
  return {
    CI: 'true',
    KRATE: 'true',
    KRATE_ORGANIZATION: organizationOf(input.namespace) ?? input.namespace,
    KRATE_REPOSITORY: input.repository,
    KRATE_SHA: input.sha,
    KRATE_PIPELINE: input.pipeline,
    KRATE_JOB: input.job,
    ...(input.ref ? { KRATE_REF: input.ref } : {}),
    ...(input.workflow ? { KRATE_WORKFLOW: input.workflow } : {}),
  };
}
