import { AdmissionRule, Principal } from '@krate/plugin-control-plane-node';
import { WebhookSubscription } from '@krate/plugin-forge-common';
import { forbidden } from './refuse';

/**
 * Who runs an organization need not run the machine that Krate is on: only a platform administrator lets messages go to its own
 * networks.
 */
export function webhookAdmission(
  isPlatformAdministrator: (principal: Principal) => Promise<boolean>,
): AdmissionRule<typeof WebhookSubscription> {
  return {
    name: 'forge-webhook',
    kinds: [WebhookSubscription],
    operations: ['create', 'update'],
    async admit({ object, oldObject, principal }) {
      const { url, allowPrivateAddress } = object.spec;
      const settled = oldObject?.spec.allowPrivateAddress && oldObject.spec.url === url;
      if (!allowPrivateAddress || settled || principal.type === 'system') return;
      if (await isPlatformAdministrator(principal)) return;
      throw forbidden(
        'PRIVATE_ADDRESS_NOT_ALLOWED',
        'Only an administrator of the platform may let messages go to private addresses; ask one to set this',
        'spec.allowPrivateAddress',
      );
    },
  };
}
