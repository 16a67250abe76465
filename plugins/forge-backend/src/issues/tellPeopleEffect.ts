import { NotificationService } from '@backstage/plugin-notifications-node';
import { defineEffect, ResourceClient } from '@krate/controller-runtime';
import { IdentityMapping } from '@krate/plugin-control-plane-common';

/** What people are told, and who: members of the organization by the name of their User, others by their login. */
export interface People {
  namespace: string;
  users: string[];
  logins: string[];
  /** Never told: whoever did it. */
  except?: string;
  title: string;
  description: string;
  link: string;
  /** A later notification of the same scope takes the place of this one. */
  scope: string;
  topic: string;
}

/** Tells people over the channels they left open for the topic. Safe to repeat: the scope makes it the same notification. */
export function tellPeopleEffect(client: ResourceClient, notifications: Pick<NotificationService, 'send'>) {
  return defineEffect<People, { recipients: number }>({
    name: 'tell-people',
    maxAttempts: 3,
    observe: async () => ({ state: 'absent' }),
    async perform(_key, { namespace, users, logins, except, title, description, link, scope, topic }) {
      const { items } = await client.list(IdentityMapping, { namespace });
      const ofUsers = items
        .filter(({ spec }) => spec.provider === 'backstage' && users.includes(spec.user))
        .map(({ spec }) => spec.subject);
      // Names of runs and of the system are no logins.
      const told = new Set(
        [...ofUsers, ...logins].filter(login => /^[\w.-]+$/.test(login) && login !== except),
      );
      if (told.size === 0) return { recipients: 0 };
      await notifications.send({
        recipients: { type: 'entity', entityRef: [...told].map(login => `user:default/${login}`) },
        payload: { title, description, link, scope, topic, severity: 'normal' },
      });
      return { recipients: told.size };
    },
  });
}
