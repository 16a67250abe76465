import { TestApiProvider } from '@backstage/frontend-test-utils';
import { KrateApi, krateApiRef } from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import { ApiError } from '@krate/resource-model';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { aPullRequest } from '../testing/objects';
import { MergeBox } from './MergeBox';

const HEAD = 'a'.repeat(40);
const gates: NonNullable<PullRequest['status']>['gates'] = [
  { name: 'no-conflicts', met: true, message: '' },
  { name: 'approvals', met: true, message: '' },
];
const unmet: typeof gates = [{ name: 'approvals', met: false, message: '1 of 1 approvals missing' }];

function show(pull: PullRequest, { allowed = true, patch = jest.fn().mockResolvedValue({}) } = {}) {
  const api = { can: async () => ({ allowed, reason: allowed ? '' : 'needs the role maintainer' }), patch };
  render(
    <TestApiProvider apis={[[krateApiRef, api as unknown as KrateApi]]}>
      <MergeBox pull={pull} namespace="krate-org-acme" organization="acme" />
    </TestApiProvider>,
  );
  return { patch };
}

const button = () => screen.getByRole('button', { name: /^merg/i });

describe('MergeBox', () => {
  it('merges exactly the head that was looked at, by the chosen method', async () => {
    const { patch } = show(aPullRequest({ status: { headSha: HEAD, gates } }));
    await waitFor(() => expect(button()).toBeEnabled());
    fireEvent.mouseDown(screen.getByLabelText('How'));
    fireEvent.click(screen.getByRole('option', { name: 'Squash into one commit' }));
    fireEvent.click(button());
    await waitFor(() => expect(patch).toHaveBeenCalledTimes(1));
    expect(patch).toHaveBeenCalledWith(PullRequest, 'krate-org-acme', 'web-1', {
      spec: { merge: { method: 'squash', expectedHeadSha: HEAD } },
    });
  });

  it('names every gate, met or not, and what is missing on the button', async () => {
    show(aPullRequest({ status: { headSha: HEAD, gates: [gates[0], unmet[0]] } }));
    expect(screen.getByTitle('Met')).toBeInTheDocument();
    expect(screen.getByTitle('Not met')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('group', { name: /Not yet: 1 of 1 approvals missing/ })).toBeInTheDocument(),
    );
    expect(button()).toBeDisabled();
  });

  it('says which permission is missing and who gives it', async () => {
    show(aPullRequest({ status: { headSha: HEAD, gates } }), { allowed: false });
    await waitFor(() =>
      expect(
        screen.getByRole('group', {
          name: /You may not merge pull requests of acme\/web \(needs the role maintainer\)\. An admin/,
        }),
      ).toBeInTheDocument(),
    );
    expect(button()).toBeDisabled();
  });

  it.each([
    { reason: 'before the gates are known', given: {}, text: /Finding out whether/ },
    {
      reason: 'while it is being merged',
      given: {
        spec: { merge: { method: 'merge', expectedHeadSha: HEAD } },
        status: { headSha: HEAD, gates },
      },
      text: 'Merging',
    },
    {
      reason: 'after a refusal',
      given: {
        status: { headSha: HEAD, gates, mergeRefused: { code: 'stale-head', message: 'The branch moved' } },
      },
      text: /The last merge was refused: The branch moved/,
    },
    { reason: 'when it is closed', given: { status: { phase: 'Closed' } }, text: /Closed without a merge/ },
    {
      reason: 'when it is merged',
      given: { status: { phase: 'Merged', mergedBy: 'ada', mergeCommit: HEAD } },
      text: /Merged into main by ada/,
    },
  ] as { reason: string; given: Parameters<typeof aPullRequest>[0]; text: string | RegExp }[])(
    '$reason',
    async ({ given, text }) => {
      show(aPullRequest(given));
      expect(await screen.findByText(text)).toBeInTheDocument();
    },
  );

  it('shows the server’s refusal in its own words', async () => {
    const patch = jest.fn().mockRejectedValue(new ApiError('Conflict', 'The head moved to bbbbbbbb'));
    show(aPullRequest({ status: { headSha: HEAD, gates } }), { patch });
    await waitFor(() => expect(button()).toBeEnabled());
    fireEvent.click(button());
    expect(await screen.findByText('The head moved to bbbbbbbb')).toBeInTheDocument();
  });
});
