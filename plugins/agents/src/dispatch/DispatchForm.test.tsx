import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { ApiError, Resource } from '@krate/resource-model';
import { configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aRun, aStack, object } from '../__testUtils__/objects';
import { TestPortal, TestServer } from '../__testUtils__/TestPortal';
import { DispatchForm } from './DispatchForm';

const objects: Resource[] = [
  object('Repository', 'till', { defaultBranch: 'main', archived: false }, {}),
  object('AgentServiceAccount', 'fixer', { serviceAccountName: 'fixer', allowedRepositories: ['till'] }, {}),
  aStack({ phase: 'Ready' }),
];

// Finding by role computes styles; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);

function show(server: TestServer = {}, initial = {}) {
  const onDispatched = jest.fn();
  const create = server.create ?? jest.fn(async () => aRun());
  render(
    <TestPortal server={{ objects, ...server, create }}>
      <DispatchForm organization="acme" initial={initial} onDispatched={onDispatched} />
    </TestPortal>,
  );
  return { create, onDispatched };
}

const chosen = { repository: 'till', stack: 'fixer' };
const real = (create: jest.Mock) => create.mock.calls.filter(([, , , dryRun]) => !dryRun);
const button = () => screen.findByRole('button', { name: 'Dispatch' });
const enabled = async () =>
  waitFor(async () => expect((await button()).hasAttribute('disabled')).toBe(false));

describe('DispatchForm', () => {
  it('asks for what is missing before it asks the server', async () => {
    const { create } = show();
    await enabled();
    await userEvent.click(await button());
    expect(screen.getByText('Choose the repository to work on')).toBeTruthy();
    expect(screen.getByText('Choose the stack to dispatch')).toBeTruthy();
    expect(create).not.toHaveBeenCalled();
  });

  it('dispatches with Ctrl+Enter and hands over the run', async () => {
    const { create, onDispatched } = show({}, chosen);
    await enabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Task' }),
      'Make it pass{Control>}{Enter}{/Control}',
    );
    await waitFor(() => expect(onDispatched).toHaveBeenCalledWith(aRun()));
    expect(real(create)).toEqual([
      [
        AgentDispatchRun,
        'krate-org-acme',
        {
          metadata: { generateName: 'fixer-', namespace: 'krate-org-acme' },
          spec: { repository: 'till', agentStack: 'fixer', task: 'Make it pass' },
        },
      ],
    ]);
  });

  it('puts what the server refuses at its field, before anything is created', async () => {
    const create = jest.fn(async () => {
      throw new ApiError('Invalid', 'refused', {
        causes: [{ reason: 'FieldValueInvalid', field: 'spec.task', message: 'The task is too long' }],
      });
    });
    show({ create }, { ...chosen, task: 'x' });
    expect(await screen.findByText('The task is too long')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Task' }).getAttribute('aria-invalid')).toBe('true');
    expect(real(create)).toEqual([]);
  });

  it('keeps the form and says why when the run is refused as a whole', async () => {
    const create = jest.fn(async (_kind, _namespace, _body, dryRun) => {
      if (dryRun) return aRun();
      throw new ApiError('Forbidden', 'The budget of this organization is spent');
    });
    const { onDispatched } = show({ create }, { ...chosen, task: 'Make it pass' });
    await enabled();
    await userEvent.click(await button());
    expect(await screen.findByText('The budget of this organization is spent')).toBeTruthy();
    expect(screen.getByDisplayValue('Make it pass')).toBeTruthy();
    expect(onDispatched).not.toHaveBeenCalled();
  });

  it('says why a stack that was chosen by the address cannot be dispatched', async () => {
    show({ objects: [objects[0], objects[1], aStack({ phase: 'Blocked' })] }, chosen);
    expect(await screen.findByText(/cannot be dispatched here/)).toBeTruthy();
    expect((await button()).hasAttribute('disabled')).toBe(true);
  });

  it('says which permission is missing', async () => {
    show({ can: async () => ({ allowed: false, reason: '' }) }, chosen);
    expect(await screen.findByRole('group', { name: /You may not dispatch agents/ })).toBeTruthy();
    expect((await button()).hasAttribute('disabled')).toBe(true);
  });

  it('says what the run could touch before it is dispatched, asked only when somebody wants to know', async () => {
    const call = jest.fn(async () => ({
      decision: 'denied',
      digest: 'sha256:1',
      checks: [{ rule: 'role-binding', outcome: 'denied', message: 'No role on till' }],
      missingGrants: [
        {
          kind: 'AgentRoleBinding',
          suggestedName: 'fixer-till',
          reason: 'No role on till',
          manifest: 'kind: AgentRoleBinding',
        },
      ],
      reach: {
        identity: { serviceAccount: 'fixer', roles: [] },
        repository: { name: 'till', ref: 'refs/heads/main', untrusted: false },
        files: 'workspace',
        tools: [
          { kind: 'read', decision: 'allow', reason: '' },
          { kind: 'execute', decision: 'ask', reason: '' },
        ],
        commands: { allowed: [], denied: ['rm *'] },
        network: { hosts: [] },
        secrets: [
          { secret: 'model-key', keys: ['apiKey'], purpose: 'x', neededBy: 'y', delivery: 'by-reference' },
        ],
        writeBack: { allowed: false, requireApproval: true, targets: [] },
        limits: { maxDurationSeconds: 3600 },
      },
    }));
    show({ call }, chosen);
    await enabled();
    expect(call).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'What could this run touch?' }));
    expect(await screen.findByText('It would be denied.')).toBeTruthy();
    expect(screen.getByText(/Krate uses it, the agent never sees it/)).toBeTruthy();
    expect(screen.getByText('Kept as an artifact; nothing is proposed')).toBeTruthy();
    expect(screen.getByText('kind: AgentRoleBinding')).toBeTruthy();
    expect(call).toHaveBeenCalledWith(
      expect.objectContaining({ id: 'reviewPermissions' }),
      expect.objectContaining({ params: { org: 'acme' }, body: { repository: 'till', agentStack: 'fixer' } }),
    );
  });
});
