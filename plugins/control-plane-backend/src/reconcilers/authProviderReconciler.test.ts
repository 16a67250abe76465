import { authProviderReconciler } from './authProviderReconciler';

const all = {
  configured: true,
  complete: true,
  describesItself: true,
  callbackUrl: 'http://k/api/auth/oidc/handler/frame',
};
const provider = (spec: object = {}): any => ({
  metadata: { name: 'company', namespace: 'krate-system' },
  spec: { type: 'oidc', enabled: true, ...spec },
});
const secretRef = { clientSecretRef: { name: 'company-login', key: 'clientSecret' } };

describe('authProviderReconciler', () => {
  it.each([
    { reason: 'all is there', spec: {}, observed: all, want: 'Configured', why: 'Offered' },
    {
      reason: 'it is turned off',
      spec: { enabled: false },
      observed: all,
      want: 'Disabled',
      why: 'Disabled',
    },
    {
      reason: 'the app-config lacks it',
      spec: {},
      observed: { ...all, configured: false },
      want: 'Incomplete',
      why: 'Incomplete',
    },
    {
      reason: 'its client is missing',
      spec: {},
      observed: { ...all, complete: false },
      want: 'Incomplete',
      why: 'Incomplete',
    },
    {
      reason: 'its issuer is missing',
      spec: {},
      observed: { ...all, describesItself: false },
      want: 'Incomplete',
      why: 'Incomplete',
    },
    {
      reason: 'GitHub needs no issuer',
      spec: { type: 'github' },
      observed: { ...all, describesItself: false },
      want: 'Configured',
      why: 'Offered',
    },
    {
      reason: 'no proxy is trusted',
      spec: { type: 'delegated' },
      observed: all,
      want: 'Incomplete',
      why: 'Incomplete',
    },
    {
      reason: 'the secret is missing',
      spec: secretRef,
      observed: all,
      want: 'Incomplete',
      why: 'Incomplete',
    },
    {
      reason: 'the secret lacks the key',
      spec: secretRef,
      observed: all,
      secret: { data: { other: '' } },
      want: 'Incomplete',
      why: 'Incomplete',
    },
    {
      reason: 'the secret has the key',
      spec: secretRef,
      observed: all,
      secret: { data: { clientSecret: '' } },
      want: 'Configured',
      why: 'Offered',
    },
  ])('$reason: $want', ({ spec, observed, secret, want, why }: any) => {
    const result = authProviderReconciler.reconcile(
      { observed, secret, now: new Date(0), effects: {} },
      provider(spec),
    );
    expect(result.status).toEqual({ phase: want, callbackUrl: all.callbackUrl });
    expect(result.conditions?.find(({ type }) => type === 'Ready')?.reason).toBe(why);
  });
});
