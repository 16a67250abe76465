import { TestApiProvider } from '@backstage/frontend-test-utils';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { ApiError } from '@krate/resource-model';
import { configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeServer } from '../__testUtils__/FakeServer';
import { Asked } from './Asked';

configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);

const inAMinute = () => new Date(Date.now() + 60_000).toISOString();

function show(request: object = {}) {
  const server = new FakeServer([]);
  server.on(/^GET action-requests\/r1$/, () => ({
    ...{ id: 'r1', organization: 'acme', title: 'Delete one object', expiresAt: inAMinute() },
    input: { org: 'acme', kind: 'Team', name: 'web' },
    ...request,
  }));
  server.on(/^POST action-requests\/r1\/decision$/, body => body);
  render(
    <TestApiProvider apis={[[krateApiRef, server.api]]}>
      <Asked id="r1" />
    </TestApiProvider>,
  );
  return server;
}

const agree = () => screen.findByRole('button', { name: 'Agree and do it' });

describe('what a program asks before it does what cannot be taken back', () => {
  it('says what would be done, and does nothing by being looked at', async () => {
    const server = show();
    expect(await screen.findByText('Delete one object')).toBeTruthy();
    expect(screen.getByText('web')).toBeTruthy();
    expect(server.writes).toEqual([]);
  });

  it.each([
    ['Agree and do it', 'approve', 'You agreed, and it was done.'],
    ['Do not', 'deny', 'You did not agree. Nothing was done.'],
  ])('%s', async (button, decision, answer) => {
    const server = show();
    await userEvent.click(await screen.findByRole('button', { name: button }));
    expect(await screen.findByText(answer)).toBeTruthy();
    expect(server.writes.map(({ body }) => body)).toEqual([{ decision }]);
    expect(screen.queryByRole('button', { name: button })).toBeNull();
  });

  it('shows what the action failed with', async () => {
    const server = show();
    server.on(/decision$/, () => {
      throw new ApiError('Forbidden', 'It needs the role maintainer');
    });
    await userEvent.click(await agree());
    expect(await screen.findByText('It needs the role maintainer')).toBeTruthy();
  });

  it.each([
    ['was answered before', { decision: 'deny' }, 'You did not agree. Nothing was done.'],
    ['is too old', { expiresAt: '2020-01-01T00:00:00Z' }, /asked too long ago/],
  ])('offers no button when it %s', async (_, request, words) => {
    show(request);
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Agree and do it' })).toBeNull();
  });
});
