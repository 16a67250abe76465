import { parseWorkflow, startsOnPush } from './parseWorkflow';

const GOOD = `
on:
  push: { branches: [main, 'release/*'] }
  pullRequest: true
jobs:
  test:
    pool: local
    timeoutMinutes: 5
    steps:
      - name: unit
        run: npm test
      - echo done
`;

describe('parseWorkflow', () => {
  it('reads jobs and what starts them', () => {
    const workflow = parseWorkflow('ci.yaml', GOOD);
    expect(workflow).toEqual({
      name: 'ci',
      onPullRequest: true,
      pushBranches: ['main', 'release/*'],
      jobs: [
        {
          name: 'test',
          runnerPool: 'local',
          timeoutSeconds: 300,
          steps: [
            { name: 'unit', run: 'npm test' },
            { name: 'echo done', run: 'echo done' },
          ],
        },
      ],
    });
    expect(startsOnPush(workflow, 'refs/heads/release/1')).toBe(true);
    expect(startsOnPush(workflow, 'refs/heads/topic')).toBe(false);
  });

  it.each([
    { reason: 'no YAML', text: 'a: [', says: 'no YAML' },
    { reason: 'a key twice', text: 'on: {}\non: {}\n', says: 'no YAML' },
    { reason: 'nothing', text: '', says: 'unfit' },
    { reason: 'no jobs', text: 'on: { pullRequest: true }\njobs: {}', says: 'between 1 and 50 jobs' },
    {
      reason: 'a job that cannot be an object’s name',
      text: 'on: {}\njobs: { "../x": { steps: [ls] } }',
      says: 'unfit',
    },
    {
      reason: 'a misspelt key',
      text: 'on: { pullrequest: true }\njobs: { a: { steps: [ls] } }',
      says: 'pullrequest',
    },
    {
      reason: 'a billion laughs',
      text: `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`)}]`)
        .join('\n')}`,
      says: 'no YAML',
    },
    { reason: 'a huge file', text: `# ${'x'.repeat(300_000)}`, says: '256 KiB' },
    {
      reason: 'a prototype',
      text: 'on: {}\n__proto__: { jobs: 1 }\njobs: { a: { steps: [ls] } }',
      says: 'unfit',
    },
  ])('says what is wrong with $reason', ({ text, says }) => {
    expect(parseWorkflow('ci.yml', text)).toMatchObject({
      name: 'ci',
      problem: expect.stringContaining(says),
    });
  });

  it('says that a file name is unfit', () => {
    expect(parseWorkflow('My File.yaml', GOOD)).toMatchObject({
      name: 'my-file',
      problem: expect.stringContaining('file name'),
    });
  });
});
