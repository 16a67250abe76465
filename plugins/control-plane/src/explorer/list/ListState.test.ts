import { readListState, sameList, stateOfView, viewOf, writeListState } from './ListState';

const ADDRESS =
  'q=pay&labels=tier%3Dweb%2Cteam+in+%28a%2Cb%29&field=status.phase%3DFailed&field=condition%3AReady%3DFalse&columns=Phase%2Cspec.repository&sort=-Phase';

describe('the state of a list', () => {
  const state = readListState(new URLSearchParams(ADDRESS));

  it('is read from the address and written there', () => {
    expect(state).toEqual({
      query: 'pay',
      labels: 'tier=web,team in (a,b)',
      fields: [
        { path: 'status.phase', operator: 'In', values: ['Failed'] },
        { path: 'condition:Ready', operator: 'In', values: ['False'] },
      ],
      columns: ['Phase', 'spec.repository'],
      sort: { column: 'Phase', direction: 'descending' },
    });
    expect(writeListState(state).toString()).toBe(ADDRESS);
  });

  it('is kept by a View and comes back from it', () => {
    const view = viewOf(state);
    expect(view).toEqual({
      selector: {
        labels: { tier: 'web' },
        labelExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }],
        fields: state.fields,
        query: 'pay',
      },
      columns: [{ name: 'Phase' }, { name: 'spec.repository', path: 'spec.repository' }],
      sort: [{ column: 'Phase', direction: 'descending' }],
    });
    const again = stateOfView('mine', view);
    expect(again.view).toBe('mine');
    expect(sameList(again, state)).toBe(true);
  });

  it('leaves out rules that are none, and an empty address shows everything', () => {
    expect(readListState(new URLSearchParams('field=%3D&columns='))).toMatchObject({ fields: [] });
    expect(writeListState(readListState(new URLSearchParams())).toString()).toBe('');
  });

  it('differs from its view once something was changed', () => {
    expect(sameList(state, { ...state, query: 'x' })).toBe(false);
  });
});
