import { ApiError } from '@krate/resource-model';
import { AgentApproval } from '@krate/plugin-agents-common';
import { configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anApproval, aStack } from '../__testUtils__/objects';
import { TestPortal, TestServer } from '../__testUtils__/TestPortal';
import { DecisionPanel } from './DecisionPanel';

// Finding by role computes styles; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);

function show(approval = anApproval(), server: TestServer = {}) {
  const patch = jest.fn(async () => approval);
  render(
    <TestPortal server={{ patch, ...server }}>
      <DecisionPanel organization="acme" approval={approval} stack={aStack()} keyboard />
    </TestPortal>,
  );
  return { patch };
}

const approve = () => screen.findByRole('button', { name: 'Approve: Run a command, node --test' });
const deny = () => screen.findByRole('button', { name: 'Deny: Run a command, node --test' });

describe('DecisionPanel', () => {
  it('says what will happen, to what, why it is asked and who asks', async () => {
    show();
    expect(await screen.findByRole('heading', { name: 'Run a command?' })).toBeTruthy();
    expect(screen.getByLabelText('Target').textContent).toBe('node --test');
    expect(screen.getByText('The tool profile careful asks for execute')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Fixer' }).getAttribute('href')).toBe('/orgs/acme/stacks/fixer');
    expect(screen.getByText('scripted')).toBeTruthy();
    expect(screen.getByText(/"command": "node --test"/)).toBeTruthy();
  });

  it('approves with a comment', async () => {
    const { patch } = show();
    await waitFor(async () => expect((await approve()).hasAttribute('disabled')).toBe(false));
    await userEvent.type(screen.getByRole('textbox', { name: 'Comment' }), 'Go on');
    await userEvent.click(await approve());
    expect(patch).toHaveBeenCalledWith(AgentApproval, 'krate-org-acme', 'fix-1-1-tool-0', {
      spec: { decision: 'approve', comment: 'Go on' },
    });
    expect((await deny()).hasAttribute('disabled')).toBe(true);
  });

  it('denies without a comment', async () => {
    const { patch } = show();
    await waitFor(async () => expect((await deny()).hasAttribute('disabled')).toBe(false));
    await userEvent.click(await deny());
    expect(patch).toHaveBeenCalledWith(AgentApproval, 'krate-org-acme', 'fix-1-1-tool-0', {
      spec: { decision: 'deny' },
    });
  });

  it('decides nothing by one key: it goes to the button, and Enter presses it', async () => {
    const { patch } = show();
    await waitFor(async () => expect((await deny()).hasAttribute('disabled')).toBe(false));
    await userEvent.keyboard('d');
    expect(patch).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(await deny());
    await userEvent.keyboard('{Enter}');
    expect(patch).toHaveBeenCalledTimes(1);
  });

  it('says which permission is missing, and who gives it', async () => {
    show(anApproval(), { can: async () => ({ allowed: false, reason: 'needs the role maintainer' }) });
    const reason = /You may not decide approvals \(needs the role maintainer\)\. An admin/;
    expect((await screen.findAllByRole('group', { name: reason })).length).toBe(2);
    expect((await approve()).hasAttribute('disabled')).toBe(true);
    expect((await deny()).hasAttribute('disabled')).toBe(true);
  });

  it('can no longer be decided when nobody did in time', async () => {
    show(anApproval({ expiresAt: '2020-01-01T00:00:00Z' }));
    expect(await screen.findAllByRole('group', { name: /has expired/ })).toHaveLength(2);
    expect(screen.getByText('Expired')).toBeTruthy();
  });

  it('keeps the comment and says why when the server refuses', async () => {
    show(anApproval(), {
      patch: jest.fn(async () => {
        throw new ApiError('Conflict', 'It was decided a moment ago');
      }),
    });
    await waitFor(async () => expect((await approve()).hasAttribute('disabled')).toBe(false));
    await userEvent.type(screen.getByRole('textbox', { name: 'Comment' }), 'Go on');
    await userEvent.click(await approve());
    expect(await screen.findByText('It was decided a moment ago')).toBeTruthy();
    expect(screen.getByDisplayValue('Go on')).toBeTruthy();
  });

  it('shows who decided, and offers no decision again', async () => {
    show(anApproval({ decision: 'approve', decidedBy: 'bob', comment: 'Fine' }, { phase: 'Approved' }));
    expect(await screen.findByText('bob')).toBeTruthy();
    expect(screen.getByText('Fine')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Approve/ })).toBeNull();
  });
});
