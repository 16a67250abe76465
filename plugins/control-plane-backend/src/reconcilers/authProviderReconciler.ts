import { ConditionUpdate, defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AuthProvider, Secret } from '@krate/plugin-control-plane-common';

type Outcome = Result<typeof AuthProvider>;
type Update = ConditionUpdate<typeof AuthProvider>;

export const AUTH_PROVIDER_OBSERVER = 'auth-provider';

/** What the app-config has of the provider that an object names; never a secret. */
export interface ObservedAuthProvider {
  configured: boolean;
  complete: boolean;
  /** OIDC: whether it says where the provider describes itself. */
  describesItself: boolean;
  callbackUrl: string;
}

/** The id below `auth.providers` that an object is about. */
export function providerIdOf({ spec }: AuthProvider): string {
  return spec.provider ?? spec.type;
}

/** Says whether the app-config has what a sign-in provider needs. Backstage itself reads the configuration at its start. */
export const authProviderReconciler = defineReconciler({
  for: AuthProvider,
  reads: {
    observed: reads.observed(AUTH_PROVIDER_OBSERVER),
    secret: reads.named(Secret, (provider: AuthProvider) => provider.spec.clientSecretRef?.name),
  },

  reconcile({ observed, secret }, provider): Outcome {
    const facts = observed as ObservedAuthProvider;
    const configured = configuredFrom(provider, facts);
    const secretExists = secretFrom(provider, secret);
    const fault = [configured, secretExists].find(({ status }) => status === 'False');
    const phase = phaseOf(provider, fault);
    return {
      status: { phase, callbackUrl: facts.callbackUrl },
      conditions: [configured, secretExists, readyFrom(phase, fault)],
    };
  },
});

function phaseOf({ spec }: AuthProvider, fault: Update | undefined) {
  if (!spec.enabled) return 'Disabled';
  return fault ? 'Incomplete' : 'Configured';
}

function readyFrom(phase: 'Disabled' | 'Incomplete' | 'Configured', fault: Update | undefined): Update {
  if (phase === 'Disabled')
    return { type: 'Ready', status: 'False', reason: 'Disabled', message: 'It is not offered' };
  return fault
    ? { type: 'Ready', status: 'False', reason: 'Incomplete', message: fault.message }
    : { type: 'Ready', status: 'True', reason: 'Offered', message: 'The sign-in page offers it' };
}

function configuredFrom(provider: AuthProvider, facts: ObservedAuthProvider): Update {
  const id = providerIdOf(provider);
  const not = (
    reason: 'NotInAppConfig' | 'ClientMissing' | 'IssuerMissing' | 'ProxyUntrusted',
    message: string,
  ) => ({ type: 'Configured', status: 'False', reason, message }) as const;
  const { type, delegated } = provider.spec;
  if (type === 'delegated' && !delegated?.trustedProxies.length)
    return not('ProxyUntrusted', 'It names no proxy that is believed: spec.delegated.trustedProxies');
  if (!facts.configured) return not('NotInAppConfig', `The app-config has no auth.providers.${id}`);
  if (!facts.complete) return not('ClientMissing', `auth.providers.${id} lacks its client id or secret`);
  if (type === 'oidc' && !facts.describesItself)
    return not('IssuerMissing', `auth.providers.${id} lacks its metadataUrl`);
  return {
    type: 'Configured',
    status: 'True',
    reason: 'Configured',
    message: `auth.providers.${id} has what it needs`,
  };
}

function secretFrom({ spec: { clientSecretRef } }: AuthProvider, secret: Secret | undefined): Update {
  if (!clientSecretRef) {
    const message = 'The client’s secret is in the app-config';
    return { type: 'SecretExists', status: 'True', reason: 'NoneRequired', message };
  }
  const { name, key } = clientSecretRef;
  if (!secret)
    return {
      type: 'SecretExists',
      status: 'False',
      reason: 'SecretMissing',
      message: `No secret is called ${name}`,
    };
  return key in (secret.data ?? {})
    ? {
        type: 'SecretExists',
        status: 'True',
        reason: 'Found',
        message: `The secret ${name} has the key ${key}`,
      }
    : {
        type: 'SecretExists',
        status: 'False',
        reason: 'KeyMissing',
        message: `The secret ${name} has no key ${key}`,
      };
}
