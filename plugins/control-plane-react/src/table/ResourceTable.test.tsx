import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { ResourceList } from '../hooks/useResourceList';
import { Team } from '@krate/plugin-control-plane-common';
import { aTeam } from '../testing/aTeam';
import { ResourceTable } from './ResourceTable';

const loaded = (...items: ReturnType<typeof aTeam>[]): ResourceList<any> => ({ items, loading: false });

function Address() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

function show(list: ResourceList<any>, at = '/orgs/acme/teams') {
  return render(
    <MemoryRouter initialEntries={[at]}>
      <ResourceTable
        label="Teams"
        kind={Team}
        list={list}
        rowPath={object => `/orgs/acme/teams/${object.metadata.name}`}
        empty={<p>No team yet</p>}
      />
      <Address />
    </MemoryRouter>,
  );
}

const rowNames = () => screen.getAllByRole('rowheader').map(cell => cell.textContent);
const address = () => document.querySelector('output')!.textContent;

describe('ResourceTable', () => {
  it('takes its columns from the kind; a condition is a status in words', () => {
    show(
      loaded(
        aTeam('a', 'ada', {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'MemberMissing',
              message: 'No user grace',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ],
        }),
      ),
    );
    expect(screen.getAllByRole('columnheader').map(cell => cell.textContent)).toEqual([
      'Name',
      'Display Name',
      'Members',
      'Ready',
      'Age',
    ]);
    expect(within(screen.getAllByRole('row')[1]).getByText('Member missing')).toBeInTheDocument();
  });

  it.each([
    { reason: 'nothing known yet', list: { items: [], loading: true }, want: 'Loading' },
    { reason: 'nothing there', list: { items: [], loading: false }, want: 'No team yet' },
    {
      reason: 'an error',
      list: { items: [], loading: false, error: new Error('You may not') },
      want: 'You may not',
    },
  ])('$reason', ({ list, want }) => {
    show(list);
    expect(screen.getByText(want)).toBeInTheDocument();
  });

  it('keeps its rows beside an error', () => {
    show({ ...loaded(aTeam('a')), error: new Error('gone') });
    expect(rowNames()).toEqual(['a']);
    expect(screen.getByText('gone')).toBeInTheDocument();
  });

  it('reads the filter from the address and writes it there', async () => {
    show(loaded(aTeam('a', 'ada'), aTeam('b', 'grace')), '/orgs/acme/teams?q=grace');
    expect(rowNames()).toEqual(['b']);
    await userEvent.clear(screen.getByLabelText('Filter teams'));
    await userEvent.type(screen.getByLabelText('Filter teams'), 'ad');
    expect(rowNames()).toEqual(['a']);
    expect(address()).toBe('/orgs/acme/teams?q=ad');
  });

  it('moves with j and k and opens with Enter', async () => {
    show(loaded(aTeam('a'), aTeam('b'), aTeam('c')));
    await userEvent.keyboard('jj');
    await waitFor(() => expect(screen.getByRole('link', { name: 'b' })).toHaveFocus());
    await userEvent.keyboard('k');
    await waitFor(() => expect(screen.getByRole('link', { name: 'a' })).toHaveFocus());
    await userEvent.keyboard('{Enter}');
    expect(address()).toBe('/orgs/acme/teams/a');
  });

  it('leaves letters alone while one types in the filter', async () => {
    show(loaded(aTeam('a'), aTeam('jk')));
    await userEvent.keyboard('/');
    expect(screen.getByLabelText('Filter teams')).toHaveFocus();
    await userEvent.keyboard('jk');
    expect(rowNames()).toEqual(['jk']);
  });

  it('draws of ten thousand rows only those in view', () => {
    // jsdom lays nothing out; the table needs some height to have rows in view.
    jest.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(720);
    show(loaded(...Array.from({ length: 10_000 }, (_, i) => aTeam(`s${i}`))));
    expect(screen.getAllByRole('rowheader').length).toBeLessThan(100);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '10001');
  });
});
