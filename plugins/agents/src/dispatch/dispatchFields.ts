import { AgentServiceAccount, AgentStack } from '@krate/plugin-agents-common';
import { ApiError } from '@krate/resource-model';
import { readinessOf } from '../stacks/stackFixes';

/** The fields as a person types them. */
export interface DispatchFields {
  repository: string;
  stack: string;
  /** Short name. */
  branch: string;
  /** A file or folder the task is about. */
  path: string;
  /** A pull request or a job that the task is about; only the address gives these. */
  pullRequest: string;
  job: string;
  task: string;
  maxTokens: string;
  maxCostUsd: string;
  maxMinutes: string;
  requiresApproval: boolean;
}

export type DispatchField = keyof DispatchFields;

export const EMPTY_DISPATCH: DispatchFields = {
  repository: '',
  stack: '',
  branch: '',
  path: '',
  pullRequest: '',
  job: '',
  task: '',
  maxTokens: '',
  maxCostUsd: '',
  maxMinutes: '',
  requiresApproval: false,
};

/** An empty field is no number; a text that is none stays as it was typed. */
function numberOf(text: string): number | string | undefined {
  if (text.trim() === '') return undefined;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

const fullRef = (branch: string) => (branch.startsWith('refs/') ? branch : `refs/heads/${branch}`);

/** The run to create. Numbers that are none stay as they were typed, so that the server names the field at fault. */
export function runOf(fields: DispatchFields, namespace: string): Record<string, unknown> {
  const minutes = numberOf(fields.maxMinutes);
  const budget = present({
    maxTokens: numberOf(fields.maxTokens),
    maxCostUsd: numberOf(fields.maxCostUsd),
    maxDurationSeconds: typeof minutes === 'number' ? Math.round(minutes * 60) : minutes,
  });
  const sourceRefs = present({
    path: fields.path.trim() || undefined,
    pullRequest: fields.pullRequest || undefined,
    job: fields.job || undefined,
  });
  return {
    metadata: { generateName: `${fields.stack}-`, namespace },
    spec: present({
      repository: fields.repository,
      agentStack: fields.stack,
      ref: fields.branch.trim() ? fullRef(fields.branch.trim()) : undefined,
      task: fields.task.trim() || undefined,
      sourceRefs: Object.keys(sourceRefs).length > 0 ? sourceRefs : undefined,
      budget: Object.keys(budget).length > 0 ? budget : undefined,
      requiresApproval: fields.requiresApproval || undefined,
    }),
  };
}

function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const FIELD_OF: [prefix: string, field: DispatchField][] = [
  ['spec.repository', 'repository'],
  ['spec.agentStack', 'stack'],
  ['spec.ref', 'branch'],
  ['spec.task', 'task'],
  ['spec.sourceRefs.path', 'path'],
  ['spec.budget.maxTokens', 'maxTokens'],
  ['spec.budget.maxCostUsd', 'maxCostUsd'],
  ['spec.budget.maxDurationSeconds', 'maxMinutes'],
  ['spec.requiresApproval', 'requiresApproval'],
];

export interface DispatchErrors {
  /** What the server says about single fields, at those fields. */
  fields: Partial<Record<DispatchField, string>>;
  /** What belongs to no field of the form. */
  rest?: Error;
}

/** A refusal of the server, sorted to the fields it is about. */
export function dispatchErrors(error: unknown): DispatchErrors {
  if (!(error instanceof ApiError)) return { fields: {}, rest: error as Error };
  const fields: DispatchErrors['fields'] = {};
  const others = (error.details.causes ?? []).filter(cause => {
    const field = FIELD_OF.find(
      ([prefix]) => cause.field === prefix || cause.field?.startsWith(`${prefix}.`),
    )?.[1];
    if (field) fields[field] = fields[field] ? `${fields[field]}. ${cause.message}` : cause.message;
    return !field;
  });
  const told = Object.keys(fields).length > 0 && others.length === 0;
  return {
    fields,
    rest: told ? undefined : new ApiError(error.reason, error.message, { ...error.details, causes: others }),
  };
}

const NOT_A_NUMBER: [DispatchField & ('maxTokens' | 'maxCostUsd' | 'maxMinutes'), string][] = [
  ['maxTokens', 'A whole number, such as 200000'],
  ['maxCostUsd', 'An amount in US dollars, such as 2.50'],
  ['maxMinutes', 'A number of minutes, such as 30'],
];

/** What the server need not be asked about: what is not chosen, and numbers that are none. */
export function localErrors(fields: DispatchFields): DispatchErrors['fields'] {
  const wrong = NOT_A_NUMBER.filter(([field]) => typeof numberOf(fields[field]) === 'string');
  return {
    ...(!fields.repository && { repository: 'Choose the repository to work on' }),
    ...(!fields.stack && { stack: 'Choose the stack to dispatch' }),
    ...Object.fromEntries(wrong),
  };
}

export interface Suitability {
  suitable: boolean;
  /** Why not, and what would change it. */
  reason?: string;
}

/** Whether a stack can be dispatched on a repository: ready, and its identity let in. */
export function suitabilityOf(
  stack: AgentStack,
  repository: string | undefined,
  accounts: readonly AgentServiceAccount[],
): Suitability {
  const { ready, reason } = readinessOf(stack);
  if (!ready) return { suitable: false, reason };
  const name = stack.spec.runtimeIdentity.serviceAccountRef;
  const account = accounts.find(({ metadata }) => metadata.name === name);
  if (repository && account && !account.spec.allowedRepositories.includes(repository)) {
    return {
      suitable: false,
      reason: `Its identity ${name} may not work on ${repository}: an admin adds it to spec.allowedRepositories of AgentServiceAccount ${name}`,
    };
  }
  return { suitable: true };
}
