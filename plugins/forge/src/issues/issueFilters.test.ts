import { anIssue } from '../testing/objects';
import { filterOf, fits, setValue, valueAt, withFilter } from './issueFilters';

const address = (text: string) => new URLSearchParams(text);

it('means what is open as long as nothing is said', () => {
  expect(valueAt(filterOf(address('')), 'spec.state')).toBe('open');
  expect(withFilter(address('q=x'), filterOf(address(''))).toString()).toBe('q=x');
});

it.each([
  { reason: 'everything', filter: [] },
  {
    reason: 'closed with a label',
    filter: setValue(setValue([], 'spec.state', 'closed'), 'spec.labels', 'a, b'),
  },
])('survives the address: $reason', ({ filter }) => {
  expect(filterOf(withFilter(address(''), filter))).toEqual(filter);
});

it.each([
  { text: 'field=spec.labels%3Dbug', found: true },
  { text: 'field=spec.labels%3Dbug&field=spec.assignees%3Dmia', found: false },
  { text: 'field=spec.title~PRICE', found: true },
  { text: '', found: true },
  { text: 'field=spec.state%3Dclosed', found: false },
])('finds an open bug by $text: $found', ({ text, found }) => {
  const issue = anIssue({ title: 'Prices', labels: ['bug'], assignees: ['ada'] });
  expect(fits(issue, filterOf(address(text)))).toBe(found);
});
