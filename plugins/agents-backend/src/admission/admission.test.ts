import { anObject, FakeResourceClient } from '@krate/controller-runtime/testkit';
import { AgentApproval, AgentDispatchRun, KrateWorkspace } from '@krate/plugin-agents-common';
import { Organization } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, Principal } from '@krate/plugin-control-plane-node';
import { admitWithinBudget } from './admitWithinBudget';
import { approvalAdmission } from './approvalAdmission';
import { runAdmission } from './runAdmission';
import { workspaceAdmission } from './workspaceAdmission';

const ada: Principal = { type: 'user', name: 'ada' };
const bob: Principal = { type: 'user', name: 'bob' };
const run: Principal = {
  type: 'run',
  name: 'r',
  namespace: 'krate-org-acme',
  kind: 'AgentDispatchRun',
  uid: 'u',
  repository: 'web',
};
const system: Principal = { type: 'system', name: 'agents' };

const aRun = (spec: object = {}, status?: object, name = 'fix-1') =>
  anObject(AgentDispatchRun, {
    metadata: { name },
    spec: { repository: 'web', agentStack: 'fixer', ...spec },
    ...(status && { status: status as never }),
  });
const question = (spec: object = {}, status: object = { phase: 'Pending' }) =>
  anObject(AgentApproval, {
    metadata: { name: 'q' },
    spec: {
      dispatchRun: 'fix-1',
      action: 'tool-use',
      actionDetail: { type: 'execute', summary: 's' },
      requestedBy: { kind: 'AgentStack', name: 'fixer' },
      expiresAt: '2026-01-02T00:00:00Z',
      ...spec,
    } as never,
    status: status as never,
  });

async function request(
  object: any,
  more: Partial<AdmissionRequest<any>> & { stored?: [any, any][] },
): Promise<AdmissionRequest<any>> {
  const client = new FakeResourceClient();
  for (const [kind, stored] of more.stored ?? []) {
    const created = await client.create(kind, stored);
    if (stored.status) await client.updateStatus(kind, { ...created, status: stored.status } as never);
  }
  return {
    operation: 'update',
    kind: {} as never,
    namespace: 'krate-org-acme',
    object,
    principal: ada,
    dryRun: false,
    client,
    allows: () => true,
    expect: () => undefined,
    ...more,
  };
}
/** The code of the refusal; undefined when it is admitted. */
const codeOf = (admit: () => Promise<void>): Promise<string | undefined> =>
  admit().then(
    () => undefined,
    error => error.details.causes[0].reason,
  );
const code = (reason: string) => ({ details: { causes: [expect.objectContaining({ reason })] } });

describe('runAdmission', () => {
  it.each([
    { given: 'main', want: 'refs/heads/main' },
    { given: 'refs/heads/release/1', want: 'refs/heads/release/1' },
    { given: 'refs/pull/7/head', want: 'refs/pull/7/head' },
  ])('takes $given for $want and says who asked, whatever the caller said', async ({ given, want }) => {
    const object = aRun({ ref: given, requestedBy: 'somebody-else' });
    await runAdmission.admit(await request(object, { operation: 'create' }));
    expect(object.spec).toMatchObject({ ref: want, requestedBy: 'ada', attemptNumber: 1 });
  });

  const over = aRun({}, { phase: 'Failed' }, 'before');
  it('numbers a retry', async () => {
    const object = aRun({ retryOf: 'before' });
    await runAdmission.admit(
      await request(object, { operation: 'create', stored: [[AgentDispatchRun, over]] }),
    );
    expect(object.spec.attemptNumber).toBe(2);
  });

  it.each([
    {
      reason: 'a run dispatches',
      object: aRun(),
      more: { operation: 'create', principal: run },
      want: 'RUN_MAY_NOT_DISPATCH',
    },
    {
      reason: 'a ref that is none',
      object: aRun({ ref: 'refs/tags/v1' }),
      more: { operation: 'create' },
      want: 'REF_INVALID',
    },
    {
      reason: 'a ref that climbs',
      object: aRun({ ref: '../x' }),
      more: { operation: 'create' },
      want: 'REF_INVALID',
    },
    {
      reason: 'a retry of nothing',
      object: aRun({ retryOf: 'gone' }),
      more: { operation: 'create' },
      want: 'RETRY_OF_MISSING',
    },
    {
      reason: 'a retry of a living run',
      object: aRun({ retryOf: 'before' }),
      more: { operation: 'create', stored: [[AgentDispatchRun, aRun({}, { phase: 'Running' }, 'before')]] },
      want: 'RETRY_OF_LIVING',
    },
    {
      reason: 'a retry elsewhere',
      object: aRun({ retryOf: 'before', repository: 'api' }),
      more: { operation: 'create', stored: [[AgentDispatchRun, over]] },
      want: 'RETRY_DIFFERS',
    },
    {
      reason: 'a changed run',
      object: aRun({ runnerPool: 'big' }),
      more: { oldObject: aRun() },
      want: 'RUN_IS_FROZEN',
    },
    {
      reason: 'a cancel too late',
      object: aRun({ cancel: {} }),
      more: { oldObject: aRun({}, { phase: 'Completed' }) },
      want: 'RUN_IS_OVER',
    },
  ] as { reason: string; object: any; more: any; want: string }[])(
    'refuses $reason with $want',
    async ({ object, more, want }) => {
      const asked = await request(object, more);
      await expect((async () => runAdmission.admit(asked))()).rejects.toMatchObject(code(want));
    },
  );
});

describe('the budget of an organization', () => {
  const NOW = new Date('2026-02-10T00:00:00Z');
  const cost = (name: string, costUsd: number, creationTimestamp = '2026-02-01T00:00:00Z') => {
    const object = aRun({}, { phase: 'Completed', costUsd }, name);
    return { ...object, metadata: { ...object.metadata, creationTimestamp } };
  };
  const org = (budgetLimitUsd?: number) =>
    anObject(Organization, {
      metadata: { name: 'acme', namespace: 'krate-system' },
      spec: { displayName: 'Acme', budgetLimitUsd },
    });

  it.each([
    { reason: 'it has none', limit: undefined, runs: [cost('a', 100)], want: undefined },
    { reason: 'less is spent', limit: 10, runs: [cost('a', 5), cost('b', 4.99)], want: undefined },
    { reason: 'all of it is spent', limit: 10, runs: [cost('a', 5), cost('b', 5)], want: 'budget-exceeded' },
    {
      reason: 'what is spent is of another month',
      limit: 10,
      runs: [cost('a', 50, '2026-01-31T23:59:59Z')],
      want: undefined,
    },
    { reason: 'nothing may be spent', limit: 0, runs: [], want: 'budget-exceeded' },
  ])('answers $want when $reason', async ({ limit, runs, want }) => {
    const client = {
      get: async () => org(limit),
      list: async () => ({ items: runs, resourceVersion: '1' }),
    };
    expect(await codeOf(() => admitWithinBudget(client as never, 'krate-org-acme', NOW))).toBe(want);
  });

  it('holds for every dispatch', async () => {
    const asked = await request(aRun(), { operation: 'create', stored: [[Organization, org(0)]] });
    expect(await codeOf(async () => runAdmission.admit(asked))).toBe('budget-exceeded');
  });
});

describe('approvalAdmission', () => {
  const rule = approvalAdmission(() => new Date('2026-01-01T12:00:00Z'));
  const careful = anObject(Organization, {
    metadata: { name: 'acme' },
    spec: { displayName: 'Acme', requireSecondApprover: true },
  });
  const easy = anObject(Organization, { metadata: { name: 'acme' }, spec: { displayName: 'Acme' } });
  const byAda = aRun({ requestedBy: 'ada' });
  const stored = (organization: any) => [
    [Organization, organization],
    [AgentDispatchRun, byAda],
  ];

  it.each([
    { reason: 'a person in time', decision: 'approve', principal: bob, org: careful },
    { reason: 'the dispatcher, where one person is enough', decision: 'approve', principal: ada, org: easy },
    { reason: 'the dispatcher says no', decision: 'deny', principal: ada, org: careful },
    {
      reason: 'the dispatcher approves, but two are wanted',
      decision: 'approve',
      principal: ada,
      org: careful,
      want: 'SECOND_APPROVER_REQUIRED',
    },
    {
      reason: 'a run decides',
      decision: 'approve',
      principal: run,
      org: easy,
      want: 'APPROVAL_BY_PERSON_ONLY',
    },
    {
      reason: 'the system decides',
      decision: 'approve',
      principal: system,
      org: easy,
      want: 'APPROVAL_BY_PERSON_ONLY',
    },
    {
      reason: 'it was withdrawn',
      decision: 'approve',
      principal: bob,
      org: easy,
      status: { phase: 'Withdrawn' },
      want: 'APPROVAL_CLOSED',
    },
    {
      reason: 'it was called expired',
      decision: 'approve',
      principal: bob,
      org: easy,
      status: { phase: 'Expired' },
      want: 'APPROVAL_EXPIRED',
    },
    {
      reason: 'it expired just now',
      decision: 'approve',
      principal: bob,
      org: easy,
      spec: { expiresAt: '2026-01-01T12:00:00Z' },
      want: 'APPROVAL_EXPIRED',
    },
  ] as any[])('$reason: $want', async ({ decision, principal, org, status, spec, want }) => {
    const asked = await request(question({ ...spec, decision }, status), {
      oldObject: question(spec, status),
      principal,
      stored: stored(org) as never,
    });
    expect(await codeOf(async () => rule.admit(asked))).toBe(want);
  });
});

describe('workspaceAdmission', () => {
  const workspace = (runRef?: string) =>
    anObject(KrateWorkspace, { spec: { repository: 'web', ...(runRef && { runRef }) } });
  it.each([
    {
      reason: 'a person claims',
      more: { operation: 'create' },
      object: workspace('r'),
      want: 'WORKSPACE_CLAIM_RESERVED',
    },
    {
      reason: 'a person frees',
      more: { oldObject: workspace('r') },
      object: workspace(),
      want: 'WORKSPACE_CLAIM_RESERVED',
    },
    {
      reason: 'a person deletes it under a run',
      more: { operation: 'delete' },
      object: workspace('r'),
      want: 'WORKSPACE_IN_USE',
    },
    {
      reason: 'the control plane claims',
      more: { operation: 'create', principal: system },
      object: workspace('r'),
    },
    { reason: 'a person archives', more: { oldObject: workspace('r') }, object: workspace('r') },
  ] as any[])('$reason: $want', async ({ more, object, want }) => {
    const asked = await request(object, more);
    expect(await codeOf(async () => workspaceAdmission.admit(asked))).toBe(want);
  });
});
