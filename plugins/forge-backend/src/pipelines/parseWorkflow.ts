import { Pipeline } from '@krate/plugin-forge-common';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { refMatches } from '../refs/refPattern';

export type JobDefinition = Pipeline['spec']['jobs'][number];

/** A file of `.krate/pipelines`, read and checked. */
export type Workflow = { name: string } & (
  | { problem: string }
  | { problem?: undefined; jobs: JobDefinition[]; onPullRequest: boolean; pushBranches: string[] }
);

const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/, 'has lower-case letters, digits and dashes, at most 40');
const step = z.union([
  z.string().min(1).max(20_000),
  z.strictObject({ name: z.string().min(1).max(120).optional(), run: z.string().min(1).max(20_000) }),
]);
const fileSchema = z.strictObject({
  name: z.string().max(200).optional(),
  on: z.strictObject({
    push: z.strictObject({ branches: z.array(z.string().min(1).max(200)).min(1).max(20) }).optional(),
    pullRequest: z.boolean().default(false),
  }),
  jobs: z
    .record(
      name,
      z.strictObject({
        pool: z.string().max(253).optional(),
        timeoutMinutes: z.number().min(0.1).max(1440).default(10),
        steps: z.array(step).min(1).max(50),
      }),
    )
    .refine(
      jobs => Object.keys(jobs).length > 0 && Object.keys(jobs).length <= 50,
      'has between 1 and 50 jobs',
    ),
});

/** Greatest size of a workflow file, in bytes. */
export const MAX_WORKFLOW_BYTES = 256 * 1024;

/** Reads a workflow file. A file that cannot be used gives a problem in words for its writer. */
export function parseWorkflow(fileName: string, text: string): Workflow {
  const workflow = fileName.replace(/\.ya?ml$/, '');
  if (!name.safeParse(workflow).success) {
    return {
      name: sanitised(workflow),
      problem: `The file name ${fileName} is unfit: lower-case letters, digits and dashes, at most 40`,
    };
  }
  if (Buffer.byteLength(text) > MAX_WORKFLOW_BYTES)
    return { name: workflow, problem: 'The file is larger than 256 KiB' };
  const parsed = readYaml(text);
  if ('problem' in parsed) return { name: workflow, problem: parsed.problem };
  const checked = fileSchema.safeParse(parsed.value);
  if (!checked.success) return { name: workflow, problem: describe(checked.error) };
  const { on, jobs } = checked.data;
  return {
    name: workflow,
    onPullRequest: on.pullRequest,
    pushBranches: on.push?.branches ?? [],
    jobs: Object.entries(jobs).map(([jobName, job]) => ({
      name: jobName,
      steps: job.steps.map((each, index) =>
        typeof each === 'string'
          ? { name: firstLine(each), run: each }
          : { name: each.name ?? firstLine(each.run, `Step ${index + 1}`), run: each.run },
      ),
      ...(job.pool ? { runnerPool: job.pool } : {}),
      timeoutSeconds: Math.ceil(job.timeoutMinutes * 60),
    })),
  };
}

/** Whether a push to this branch starts the workflow. A file that cannot be read tells so on every branch. */
export function startsOnPush(workflow: Workflow, ref: string): boolean {
  return workflow.problem !== undefined || workflow.pushBranches.some(pattern => refMatches(pattern, ref));
}

function readYaml(text: string): { value: unknown } | { problem: string } {
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      customTags: [],
      logLevel: 'silent',
      uniqueKeys: true,
    });
    if (document.errors.length > 0)
      return { problem: `The file is no YAML: ${document.errors[0].message.split('\n')[0]}` };
    return { value: document.toJS({ maxAliasCount: 20 }) };
  } catch (error) {
    return {
      problem: `The file is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : 'unreadable'}`,
    };
  }
}

function describe(error: z.ZodError): string {
  const said = error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  return `The file is unfit: ${said.join('; ')}`.slice(0, 2000);
}

function firstLine(run: string, otherwise = 'Step'): string {
  return run.trim().split('\n')[0].slice(0, 80) || otherwise;
}

function sanitised(value: string): string {
  return (
    value
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'unnamed'
  );
}
