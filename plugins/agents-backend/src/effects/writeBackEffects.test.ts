import { DISPATCHED_BY_ANNOTATION, PullRequest } from '@krate/plugin-forge-common';
import { DefaultingClient } from '../__fixtures__/DefaultingClient';
import { RUN_LABEL, RUN_UID_ANNOTATION } from '@krate/plugin-agents-node';
import { openPullRequestEffect } from './writeBackEffects';

const namespace = 'krate-org-acme';
const input = {
  namespace,
  repository: 'web',
  branch: 'refs/heads/krate/fix',
  targetRef: 'refs/heads/main',
  run: 'fix',
  runUid: 'u-1',
  digest: 'sha256:d',
  stack: 'fixer',
  approvedBy: 'bob',
};
const key = { id: 'e', owner: { kind: 'AgentDispatchRun', namespace, name: 'fix', uid: 'u-1' } };

describe('openPullRequestEffect', () => {
  it.each([
    { reason: 'its own', own: true, spec: { author: 'system:krate:agents' } },
    { reason: 'a person’s that bears its label', own: false, spec: { author: 'eve' } },
    {
      reason: 'of another branch',
      own: false,
      spec: { author: 'system:krate:agents', sourceRef: 'refs/heads/evil' },
    },
  ])('takes a pull request for the run’s only if it is: $reason', async ({ own, spec }) => {
    const client = new DefaultingClient();
    await client.create(PullRequest, {
      metadata: {
        namespace,
        name: 'web-1',
        labels: { [RUN_LABEL]: 'fix' },
        annotations: { [RUN_UID_ANNOTATION]: 'u-1' },
      },
      spec: { repository: 'web', title: 't', sourceRef: input.branch, targetRef: 'refs/heads/main', ...spec },
    } as never);
    const { state } = await openPullRequestEffect(client).observe(key, input);
    expect(state).toBe(own ? 'done' : 'absent');
  });

  it('opens it in the name of the run, and says who dispatched that', async () => {
    const client = new DefaultingClient();
    const effect = openPullRequestEffect(client);
    const { pullRequest: name } = await effect.perform(key, { ...input, requestedBy: 'ada' }, {} as never);
    const { spec, metadata } = (await client.get(PullRequest, { namespace, name }))!;
    expect(spec.author).toBe('run:krate-org-acme/fix');
    expect(metadata.annotations).toMatchObject({ [DISPATCHED_BY_ANNOTATION]: 'ada' });
    expect((await effect.observe(key, input)).state).toBe('done');
  });
});
