import { LoggerService } from '@backstage/backend-plugin-api';
import { Wake } from '@krate/controller-runtime';
import { Organization, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { ControlPlane, Membership, Principal } from '@krate/plugin-control-plane-node';
import { ControlPlaneConfig } from '../config';
import { ExternalSignIns } from '../identity/ExternalSignIns';
import { includes } from '../identity/roles';
import { Core } from './openCore';

/** What other backend code sees of the core. */
export function controlPlaneOf(
  core: Core,
  { config, logger, wake }: { config: ControlPlaneConfig; logger: LoggerService; wake: Wake },
): ControlPlane {
  const { directory, authorizer, authenticator, audit } = core;
  const signIns = new ExternalSignIns({
    ...{ client: core.client, directory, audit },
    policy: config.signInPolicy,
    reserved: [config.administrator],
  });
  return {
    kinds: core.kinds,
    client: core.client,
    clientFor: core.clientFor,
    tokens: core.tokens,
    streams: core.streams,
    secrets: core.secrets,
    wake,
    logger,
    dataDirectory: config.dataDirectory,
    baseUrl: config.baseUrl,
    authenticate: async request => (await authenticator.authenticate(request)).principal,
    authorize: (principal, attributes) => authorizer.authorize(principal, attributes),
    audit: entry => audit.record(entry),
    organizationsOf: async principal => {
      if (principal.type !== 'user') return [];
      await directory.catchUp();
      const only = principal.limits?.organizations;
      const memberships = directory
        .memberships(principal.name)
        .filter(({ organization }) => !only || only.includes(organization));
      return Promise.all(memberships.map(membership => named(core, membership)));
    },
    loginOf: external => signIns.loginOf(external),
    isPlatformAdministrator: async (principal: Principal) => {
      if (principal.type !== 'user') return principal.type === 'system';
      // A token for some organizations has nothing to do with the platform.
      if (principal.limits?.organizations) return false;
      await directory.catchUp();
      return includes(directory.platformRole(principal.name), 'admin');
    },
  };
}

async function named(core: Core, membership: Omit<Membership, 'displayName'>): Promise<Membership> {
  const { organization } = membership;
  const object = await core.client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: organization });
  return { ...membership, displayName: object?.spec.displayName ?? organization };
}
