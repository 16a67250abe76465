import { NotificationService } from '@backstage/plugin-notifications-node';
import { defineEffect, ResourceClient } from '@krate/controller-runtime';
import { AgentRoleBinding, IdentityMapping, Team } from '@krate/plugin-control-plane-common';
import { Notice } from '../reconcilers/run/notices';

const APPROVING_ROLES = ['maintainer', 'admin'];

/**
 * Tells people, each over the channels they left open for the topic. Safe to repeat: Backstage replaces a notification of the
 * same scope instead of adding one.
 */
export function notifyEffect(client: ResourceClient, notifications: Pick<NotificationService, 'send'>) {
  return defineEffect<Notice, { recipients: number }>({
    name: 'notify',
    maxAttempts: 3,
    observe: async () => ({ state: 'absent' }),
    async perform(_key, notice) {
      const { title, description, link, scope, severity, topic = 'runs' } = notice;
      const logins = 'user' in notice.to ? [notice.to.user] : await approversOf(client, notice.namespace);
      const entityRef = logins.filter(isLogin).map(login => `user:default/${login}`);
      if (entityRef.length === 0) return { recipients: 0 };
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: { title, description, link, scope, severity, topic },
      });
      return { recipients: entityRef.length };
    },
  });
}

/** Names of runs and of the system are no logins. */
function isLogin(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

/** The logins of everyone whose role in the organization lets them decide. */
async function approversOf(client: ResourceClient, namespace: string): Promise<string[]> {
  const [bindings, teams, mappings] = await Promise.all([
    client.list(AgentRoleBinding, { namespace }),
    client.list(Team, { namespace }),
    client.list(IdentityMapping, { namespace }),
  ]);
  const subjects = bindings.items
    .filter(({ spec }) => APPROVING_ROLES.includes(spec.roleRef.name) && spec.scope.kind === 'organization')
    .map(({ spec }) => spec.subject);
  const users = new Set(
    subjects.flatMap(({ kind, name }) => {
      if (kind === 'User') return [name];
      const team = kind === 'Team' ? teams.items.find(({ metadata }) => metadata.name === name) : undefined;
      return team ? [...team.spec.members, ...team.spec.maintainers] : [];
    }),
  );
  return mappings.items
    .filter(({ spec }) => spec.provider === 'backstage' && users.has(spec.user))
    .map(({ spec }) => spec.subject);
}
