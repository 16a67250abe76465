import { KrateProject } from '@krate/plugin-forge-common';
import { anIssue } from '../testing/objects';
import { boardOf } from './boardOf';

const project = {
  spec: KrateProject.spec.parse({
    displayName: 'Shop',
    workflowColumns: [
      { id: 'ideas', displayName: 'Ideas' },
      { id: 'todo', displayName: 'To do', default: true },
      { id: 'done', displayName: 'Done' },
    ],
  }),
} as KrateProject;

it('puts each issue into its column, the urgent ones first, and those without one where new ones go', () => {
  const issues = [
    anIssue({ workflowState: 'done' }, 'a'),
    anIssue({ workflowState: 'gone' }, 'b'),
    anIssue({ priority: 'urgent' }, 'c'),
  ];
  const board = boardOf(project, issues).map(({ id, issues: held }) => [
    id,
    held.map(({ metadata }) => metadata.name),
  ]);
  expect(board).toEqual([
    ['ideas', []],
    ['todo', ['c', 'b']],
    ['done', ['a']],
  ]);
});
