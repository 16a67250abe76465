import { platformKinds } from '@krate/plugin-control-plane-common';
import { kindConformanceCases, validateObject } from '@krate/resource-model';
import { forgeKinds, Issue, Pipeline, PullRequest } from '.';

const alsoInstalled = platformKinds.map(({ kind }) => kind);

describe('the kinds of forge', () => {
  it.each(kindConformanceCases(forgeKinds, { alsoInstalled, explained: true }))('$name', ({ check }) => {
    expect(check).not.toThrow();
  });
});

it('numbers issues and pull requests of a repository from one counter', () => {
  expect(Issue.numbered).toEqual(PullRequest.numbered);
});

describe('a pipeline', () => {
  const of = (pullRequest?: string): any => {
    const example = structuredClone(Pipeline.examples[0]) as any;
    return { ...example, spec: { ...example.spec, ...(pullRequest && { pullRequest }) } };
  };
  it.each([
    { reason: 'stays with its pull request', before: 'web-1', after: 'web-1', faults: [] },
    {
      reason: 'is not lent to another, whose gates it would count for',
      before: 'web-1',
      after: 'web-2',
      faults: ['spec.pullRequest'],
    },
    { reason: 'is not given to one later', before: undefined, after: 'web-1', faults: ['spec.pullRequest'] },
    { reason: 'is not taken from it', before: 'web-1', after: undefined, faults: ['spec.pullRequest'] },
  ])('$reason', ({ before, after, faults }) => {
    const found = validateObject(Pipeline, of(after), { old: of(before) });
    expect(found.map(({ field }) => field)).toEqual(faults);
  });
});
