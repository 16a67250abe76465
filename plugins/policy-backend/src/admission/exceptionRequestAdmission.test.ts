import { AdmissionRequest, Principal } from '@krate/plugin-control-plane-node';
import { PolicyExceptionRequest } from '@krate/plugin-policy-common';
import { ApiError } from '@krate/resource-model';
import { exceptionRequestAdmission } from './exceptionRequestAdmission';

const NOW = new Date('2026-11-20T10:00:00Z');
const grace: Principal = { type: 'user', name: 'grace' };
const system: Principal = { type: 'system', name: 'test' };

/** As the server hands it to the rule: who asked and who decided are stamped. */
const asked = {
  policyRef: { kind: 'PolicyBinding', name: 'pr-description' },
  pullRequest: 'web-42',
  justification: 'A revert of the last release.',
  expiresAt: '2026-12-01T00:00:00Z',
  requestedBy: 'grace',
} as const;

function admit(spec: object, { old, principal = grace }: { old?: object; principal?: Principal } = {}) {
  const wire = (of: object) => ({ ...PolicyExceptionRequest.examples[0], spec: of }) as never;
  const request: Partial<AdmissionRequest<typeof PolicyExceptionRequest>> = {
    operation: old ? 'update' : 'create',
    kind: PolicyExceptionRequest,
    object: wire(spec),
    oldObject: old && wire(old),
    principal,
  };
  try {
    exceptionRequestAdmission(() => NOW).admit(request as AdmissionRequest<typeof PolicyExceptionRequest>);
    return 'admitted';
  } catch (error) {
    return (error as ApiError).details.causes?.[0].reason;
  }
}

describe('a request for an exception', () => {
  it.each([
    { reason: 'names an object and an end', spec: asked, want: 'admitted' },
    { reason: 'names no object', spec: { ...asked, pullRequest: undefined }, want: 'OBJECT_REQUIRED' },
    {
      reason: 'names an object by kind and name',
      spec: { ...asked, pullRequest: undefined, resourceRef: { kind: 'Job', name: 'web-7-test' } },
      want: 'admitted',
    },
    {
      reason: 'is over already',
      spec: { ...asked, expiresAt: '2026-11-20T09:59:00Z' },
      want: 'EXPIRY_IN_PAST',
    },
    {
      reason: 'is granted with the same breath',
      spec: { ...asked, decision: 'approve', decidedBy: 'grace' },
      want: 'OWN_REQUEST',
    },
  ])('that $reason: $want', ({ spec, want }) => {
    expect(admit(spec)).toBe(want);
  });

  it.each([
    {
      reason: 'by who asked',
      spec: { decision: 'approve', decidedBy: 'grace' },
      old: {},
      want: 'OWN_REQUEST',
    },
    {
      reason: 'with a no, by who asked',
      spec: { decision: 'deny', decidedBy: 'grace' },
      old: {},
      want: 'OWN_REQUEST',
    },
    {
      reason: 'by somebody else',
      spec: { decision: 'approve', decidedBy: 'ada' },
      old: {},
      want: 'admitted',
    },
    {
      reason: 'long ago, and is now revoked by who asked',
      spec: { decision: 'approve', decidedBy: 'ada', revoke: true },
      old: { decision: 'approve', decidedBy: 'ada' },
      want: 'admitted',
    },
  ])('answered $reason: $want', ({ spec, old, want }) => {
    expect(admit({ ...asked, ...spec }, { old: { ...asked, ...old } })).toBe(want);
  });

  it('answered by the system is its own matter', () => {
    const decision = { decision: 'approve', decidedBy: 'grace' };
    expect(admit({ ...asked, ...decision }, { old: asked, principal: system })).toBe('admitted');
  });
});
