import { defineEffect, EffectError, ResourceClient } from '@krate/controller-runtime';
import { Invite, Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { invitationUrl } from './invitationUrl';
import { InvitationLinks } from './InvitationLinks';
import { INVITATION_MAIL } from './inviteReconciler';
import { Mailer } from './Mailer';

/**
 * Mails the link of an invitation, once: what was sent is written down before the effect has succeeded. A mail that left right
 * before a crash is sent again with a new link under the same id, and the link of the first one is worth nothing.
 */
export function invitationMailEffect(options: {
  client: ResourceClient;
  links: InvitationLinks;
  mailer: Pick<Mailer, 'send'>;
  /** Of the portal, without a trailing slash. */
  portalUrl: string;
}) {
  const { client, links, mailer, portalUrl } = options;
  return defineEffect<undefined, { to: string }>({
    name: INVITATION_MAIL,
    async observe({ owner }) {
      const invite = await client.get(Invite, owner);
      if (!invite) return { state: 'absent' };
      const { mailedAt } = await links.stateOf(invite);
      return mailedAt ? { state: 'done', result: { to: invite.spec.email } } : { state: 'absent' };
    },
    async perform({ id, owner }) {
      const invite = await client.get(Invite, owner);
      if (invite?.metadata.uid !== owner.uid)
        throw new EffectError('INVITE_GONE', 'The invitation was removed');
      const { email: to } = invite.spec;
      const organization = organizationOf(owner.namespace) ?? '';
      const place = await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name: organization });
      const link = invitationUrl(portalUrl, await links.make(invite));
      const text = textOf(invite, { link, organization: place?.spec.displayName ?? organization });
      await mailer
        .send({ to, id: id.replace(/[^\w-]/g, '-'), subject: `You are invited to ${organization}`, text })
        .catch(error => {
          throw refusal(error);
        });
      await links.mailed(invite);
      return { to };
    },
  });
}

function textOf({ spec, status }: Invite, { link, organization }: { link: string; organization: string }) {
  const greeting = spec.displayName ? `Hello ${spec.displayName},` : 'Hello,';
  return [
    greeting,
    `you are invited to ${organization} on Krate, as ${spec.role}.`,
    ...(spec.message ? [spec.message] : []),
    `This link works once${status?.expiresAt ? `, until ${status.expiresAt}` : ''}:`,
    link,
    'If you did not expect it, do nothing: without the link nobody becomes anything.',
  ].join('\n\n');
}

/** A server that says no (5xx) will say it again; everything else may pass. */
function refusal(error: { message: string; responseCode?: number }): EffectError {
  const isFinal = (error.responseCode ?? 0) >= 500;
  return new EffectError('MAIL_REFUSED', error.message, !isFinal);
}
