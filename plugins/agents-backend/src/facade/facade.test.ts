import { AgentApproval, AgentDispatchRun, agentKinds } from '@krate/plugin-agents-common';
import { TestFacade } from '@krate/plugin-control-plane-backend/testkit';
import { forgeKinds } from '@krate/plugin-forge-common';
import { approvalAdmission } from '../admission/approvalAdmission';
import { runAdmission } from '../admission/runAdmission';
import { agentsFacade } from '.';

jest.setTimeout(120_000);

/** The agents' part of the REST facade on a real control plane, without the reconcilers: what is said to a run stays said. */
describe('agents and secrets over REST', () => {
  let facade: TestFacade;
  const admin = () => facade.as('admin');
  const at = (path: string) => `/api/orgs/acme/${path}`;
  const VALUE = 'sk-very-secret-value';

  beforeAll(async () => {
    facade = await TestFacade.start({
      installation: {
        kinds: [...forgeKinds, ...agentKinds],
        admission: [runAdmission, approvalAdmission()],
        facade: agentsFacade,
      },
    });
    await facade.organization('acme');
    await facade.member('acme', 'mia', 'maintainer');
    await facade.member('acme', 'dev', 'developer');
    await admin().post(at('resources'), { kind: 'Repository', metadata: { name: 'web' }, spec: {} });
  });
  afterAll(() => facade.stop());

  it('dispatches a run, finds it by synonyms of its phase, and cancels it once', async () => {
    const made = await facade.as('dev').post(at('agents/dispatch'), {
      stackRef: { kind: 'AgentStack', name: 'fixer' },
      repository: 'web',
      branch: 'main',
      prompt: 'Fix it',
    });
    expect([made.status, made.body.status]).toEqual([201, 'dispatched']);
    const { runName } = made.body;
    expect(made.body.run.spec).toMatchObject({
      agentStack: 'fixer',
      ref: 'refs/heads/main',
      requestedBy: 'dev',
    });
    expect((await facade.as('dev').get(at(`agents/runs/${runName}`))).body.metadata.name).toBe(runName);
    const completed = await facade.as('dev').get(at('agents/runs?phase=succeeded'));
    expect([completed.status, completed.body.items]).toEqual([200, []]);

    const cancelled = await facade.as('dev').post(at(`agents/runs/${runName}/cancel`), { reason: 'No' });
    expect([cancelled.status, cancelled.body]).toEqual([200, { cancelled: true, runName }]);
    const early = await facade.as('dev').post(at(`agents/runs/${runName}/retry`));
    expect([early.status, early.body.error.code]).toEqual([409, 'RETRY_OF_LIVING']);

    const { client } = facade.plane.controlPlane;
    const run = await client.get(AgentDispatchRun, { namespace: 'krate-org-acme', name: runName });
    await client.updateStatus(AgentDispatchRun, { ...run!, status: { phase: 'Cancelled' } });
    const over = await facade.as('dev').post(at(`agents/runs/${runName}/cancel`));
    expect([over.status, over.body.error.code]).toEqual([409, 'RUN_IS_OVER']);
    const retried = await facade.as('dev').post(at(`agents/runs/${runName}/retry`));
    expect([retried.status, retried.body.run?.spec]).toMatchObject([
      201,
      { retryOf: runName, attemptNumber: 2, task: 'Fix it' },
    ]);
    const list = await facade.as('dev').get(at('agents/runs?phase=canceled'));
    expect(list.body.items.map((item: any) => item.metadata.name)).toEqual([runName]);
  });

  it('says what a run could touch, and launches nothing', async () => {
    const review = (who: string, body: object) => facade.as(who).post(at('agents/permissions/review'), body);
    const runsBefore = (await admin().get(at('agents/runs'))).body.total;
    const unknown = await review('dev', { agentStack: 'fixer', repository: 'web' });
    expect([unknown.status, unknown.body.decision, unknown.body.reach]).toEqual([200, 'denied', undefined]);
    const spec = { baseAgent: 'x', adapter: 'x', runtimeIdentity: { serviceAccountRef: 'fixer' } };
    await admin().post(at('resources'), { kind: 'AgentStack', metadata: { name: 'fixer' }, spec });
    const { status, body } = await review('dev', { agentStack: 'fixer', repository: 'web', ref: 'main' });
    expect([status, body.decision]).toEqual([200, 'denied']);
    expect(body.missingGrants).toEqual([
      expect.objectContaining({
        kind: 'AgentRoleBinding',
        manifest: expect.stringContaining('krate-agent-repository-repair'),
      }),
    ]);
    expect(body.reach).toMatchObject({ repository: { ref: 'refs/heads/main' }, files: 'workspace' });
    expect((await review('dev', { repository: 'web' })).status).toBe(400);
    expect((await review('dev', { agentStack: 'fixer', repository: 'web', ref: 'refs/x' })).status).toBe(422);
    expect((await admin().get(at('agents/runs'))).body.total).toBe(runsBefore);
  });

  it('records a decision once, as the caller', async () => {
    const { client } = facade.plane.controlPlane;
    const { apiVersion, kind } = AgentApproval;
    const run = (await admin().get(at('agents/runs'))).body.items[0].metadata.name;
    await client.create(AgentApproval, {
      ...{ apiVersion, kind },
      metadata: { name: 'question', namespace: 'krate-org-acme' },
      spec: {
        ...{ dispatchRun: run, action: 'tool-use', expectedArtifactDigest: 'sha256:1' },
        actionDetail: { type: 'execute', summary: 'Run it' },
        requestedBy: { kind: 'AgentStack', name: 'fixer' },
        expiresAt: '2099-01-01T00:00:00Z',
      },
    });
    const decide = (who: string, body: object) =>
      facade.as(who).post(at('agents/approvals/question/decide'), body);
    expect((await decide('mia', { decision: 'approve', decidedBy: 'ada' })).body.error.code).toBe(
      'DECIDER_IS_CALLER',
    );
    const moved = await decide('mia', { decision: 'approve', expectedArtifactDigest: 'sha256:2' });
    expect([moved.status, moved.body.error.code]).toEqual([409, 'ARTIFACT_CHANGED']);
    expect((await decide('dev', { decision: 'approve' })).status).toBe(403);
    const decided = await decide('mia', { decision: 'approved', reason: 'Fine', decidedBy: 'mia' });
    expect(decided.body).toEqual({ decided: true, decision: 'approve', approvalName: 'question' });
    expect((await decide('mia', { decision: 'deny' })).status).toBe(422);
    const { body } = await facade.as('mia').get(at('agents/approvals'));
    expect(body.items[0].spec).toMatchObject({ decision: 'approve', comment: 'Fine', decidedBy: 'mia' });
  });

  it('keeps the value of a secret to itself, and puts none into a grant', async () => {
    const made = await admin().post(at('secrets'), {
      name: 'model-key',
      data: { apiKey: VALUE },
      grantedTo: 'fixer',
      purpose: 'model-provider-token',
    });
    expect([made.status, made.body.secret]).toMatchObject([201, { keys: ['apiKey'], grants: ['fixer'] }]);
    const granted = await admin().post(at('secret-grants'), {
      secretName: 'model-key',
      grantedTo: { kind: 'team', name: 'web' },
    });
    expect(granted.body.resource.spec.secretRef).toEqual({ name: 'model-key', keys: ['apiKey'] });
    const answers = [made, granted];
    for (const path of ['secrets', 'secret-grants', 'resources?kind=Secret', 'snapshot', 'audit'])
      answers.push(await admin().get(at(path)));
    for (const { text } of answers) {
      expect(text).not.toContain(VALUE);
      expect(text).not.toContain(Buffer.from(VALUE).toString('base64'));
    }
    expect(answers[2].body.secrets).toEqual([
      expect.objectContaining({ name: 'model-key', grants: expect.arrayContaining(['fixer', 'web']) }),
    ]);
    const refused = await admin().post(at('secrets'), { name: 'x', permissions: ['admin'] });
    expect([refused.status, refused.body.error.code]).toEqual([422, 'PERMISSION_NOT_GRANTABLE']);
    expect((await facade.as('dev').get(at('secrets'))).status).toBe(403);
    expect((await admin().delete(at('secrets/model-key'))).body).toMatchObject({ kind: 'Secret' });
  });

  it('adds its part to the model of a screen', async () => {
    const { body } = await facade.as('dev').get('/api/controller?org=acme');
    expect(body.agents.runs.total).toBeGreaterThan(0);
    expect(body.views.agents.repositoryAffordances).toEqual([
      expect.objectContaining({ repository: 'web', dispatch: false }),
    ]);
  });
});
