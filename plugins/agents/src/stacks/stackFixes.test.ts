import { parse } from 'yaml';
import { aStack, condition } from '../__testUtils__/objects';
import { findingsOf, readinessOf } from './stackFixes';

const missing = (type: string, reason: string, message: string) =>
  aStack({ phase: 'Blocked', conditions: [condition(type, 'False', reason, message)] });
const fixFor = (stack: ReturnType<typeof aStack>) => {
  const fix = findingsOf(stack).find(({ state }) => state === 'missing')?.fix;
  return fix && parse(fix);
};

describe('findingsOf', () => {
  it.each([
    {
      type: 'CapabilitiesResolved',
      reason: 'AdapterMissing',
      message: 'The AgentAdapter scripted does not exist: create it',
      want: { kind: 'AgentAdapter', metadata: { name: 'scripted', namespace: 'krate-org-acme' } },
    },
    {
      type: 'RuntimeIdentityReady',
      reason: 'MissingServiceAccount',
      message: 'The AgentServiceAccount fixer does not exist',
      want: { kind: 'AgentServiceAccount', metadata: { name: 'fixer' } },
    },
    {
      type: 'RolesAdmitted',
      reason: 'MissingRoleBindings',
      message: 'Neither the AgentServiceAccount fixer nor the stack holds a role',
      want: { kind: 'AgentRoleBinding', spec: { subject: { name: 'fixer' } } },
    },
    {
      type: 'SecretsAdmitted',
      reason: 'MissingSecretGrant',
      message:
        'The provider models needs the Secret model-key, which is not granted: create an AgentSecretGrant for agent-stack fixer with the purpose tool',
      want: {
        kind: 'AgentSecretGrant',
        metadata: { name: 'fixer-model-key' },
        spec: { secretRef: { name: 'model-key' }, purpose: 'tool' },
      },
    },
  ])('$reason is mended by a manifest', ({ type, reason, message, want }) => {
    expect(fixFor(missing(type, reason, message))).toMatchObject(want);
  });

  it('offers no second object where the first exists and is not ready', () => {
    expect(
      fixFor(
        missing(
          'CapabilitiesResolved',
          'AdapterMissing',
          'The AgentAdapter scripted is not ready: the command was not found',
        ),
      ),
    ).toBeUndefined();
  });
});

describe('readinessOf', () => {
  it('is ready when the controller says so', () => {
    expect(readinessOf(aStack({ phase: 'Ready' }))).toEqual({ ready: true });
  });
  it('says what is missing in the controller’s words', () => {
    expect(readinessOf(missing('RuntimeIdentityReady', 'MissingServiceAccount', 'No identity'))).toEqual({
      ready: false,
      reason: 'No identity',
    });
  });
  it('is not ready before anyone has looked', () => {
    expect(readinessOf(aStack()).ready).toBe(false);
  });
});
