import { AgentServiceAccount } from '@krate/plugin-agents-common';
import { ApiError } from '@krate/resource-model';
import { aStack, condition } from '../__testUtils__/objects';
import { dispatchErrors, EMPTY_DISPATCH, localErrors, runOf, suitabilityOf } from './dispatchFields';

const fields = { ...EMPTY_DISPATCH, repository: 'till', stack: 'fixer' };
const refused = (...causes: { field?: string; message: string }[]) =>
  new ApiError('Invalid', 'refused', {
    causes: causes.map(cause => ({ reason: 'FieldValueInvalid', ...cause })),
  });

describe('runOf', () => {
  it.each([
    {
      reason: 'what is empty is left to the server',
      given: {},
      spec: { repository: 'till', agentStack: 'fixer' },
    },
    { reason: 'a branch becomes a full ref', given: { branch: 'fix' }, spec: { ref: 'refs/heads/fix' } },
    { reason: 'a full ref stays', given: { branch: 'refs/heads/x' }, spec: { ref: 'refs/heads/x' } },
    {
      reason: 'minutes become seconds',
      given: { maxMinutes: '1.5' },
      spec: { budget: { maxDurationSeconds: 90 } },
    },
    {
      reason: 'what is no number is sent as typed, for the server to name',
      given: { maxTokens: 'many' },
      spec: { budget: { maxTokens: 'many' } },
    },
    {
      reason: 'a path says what it is about',
      given: { path: ' src ' },
      spec: { sourceRefs: { path: 'src' } },
    },
  ])('$reason', ({ given, spec }) => {
    expect(runOf({ ...fields, ...given }, 'krate-org-acme')).toMatchObject({
      metadata: { generateName: 'fixer-', namespace: 'krate-org-acme' },
      spec,
    });
  });
});

describe('dispatchErrors', () => {
  it.each([
    {
      reason: 'a cause goes to its field',
      causes: [{ field: 'spec.agentStack', message: 'no such stack' }],
      want: { stack: 'no such stack' },
    },
    {
      reason: 'a deeper path goes to the field that holds it',
      causes: [{ field: 'spec.ref.name', message: 'bad' }],
      want: { branch: 'bad' },
    },
    {
      reason: 'two causes of one field are both said',
      causes: [
        { field: 'spec.task', message: 'too long' },
        { field: 'spec.task', message: 'not text' },
      ],
      want: { task: 'too long. not text' },
    },
  ])('$reason', ({ causes, want }) => {
    expect(dispatchErrors(refused(...causes))).toEqual({ fields: want, rest: undefined });
  });

  it('keeps what belongs to no field', () => {
    const { fields: told, rest } = dispatchErrors(
      refused({ field: 'spec.task', message: 'a' }, { field: 'metadata.name', message: 'b' }),
    );
    expect(told).toEqual({ task: 'a' });
    expect((rest as ApiError).details.causes).toMatchObject([{ message: 'b' }]);
  });

  it.each([new ApiError('Forbidden', 'you may not'), new Error('network')])('keeps %s whole', error => {
    expect(dispatchErrors(error)).toMatchObject({ fields: {}, rest: { message: error.message } });
  });
});

it('asks for a repository, a stack and numbers that are numbers first', () => {
  expect(Object.keys(localErrors(EMPTY_DISPATCH))).toEqual(['repository', 'stack']);
  expect(localErrors(fields)).toEqual({});
  expect(Object.keys(localErrors({ ...fields, maxTokens: 'lots', maxMinutes: '30' }))).toEqual(['maxTokens']);
});

describe('suitabilityOf', () => {
  const account = {
    metadata: { name: 'fixer' },
    spec: { allowedRepositories: ['till'] },
  } as AgentServiceAccount;
  it.each([
    { reason: 'ready and let in', stack: aStack({ phase: 'Ready' }), repository: 'till', want: true },
    {
      reason: 'ready, no repository chosen yet',
      stack: aStack({ phase: 'Ready' }),
      repository: undefined,
      want: true,
    },
    { reason: 'ready, not let in', stack: aStack({ phase: 'Ready' }), repository: 'web', want: false },
    {
      reason: 'blocked',
      stack: aStack({
        phase: 'Blocked',
        conditions: [condition('ToolsAdmitted', 'False', 'ToolPolicyMissing', 'No profile')],
      }),
      repository: 'till',
      want: false,
    },
  ])('$reason', ({ stack, repository, want }) => {
    expect(suitabilityOf(stack, repository, [account]).suitable).toBe(want);
  });
});
