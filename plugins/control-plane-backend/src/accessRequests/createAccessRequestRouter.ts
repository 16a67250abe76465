import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  AgentRoleBinding,
  BACKSTAGE_PROVIDER,
  holdersOf,
  IdentityMapping,
  namespaceOf,
  organizationOf,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { AuditTrail } from '../audit/AuditTrail';
import { Authenticator } from '../identity/Authenticator';
import { Authorizer } from '../identity/Authorizer';
import { Directory } from '../identity/Directory';
import { statusErrors } from '../runtime/statusErrors';

/** The same question of the same person reaches the admins once in this time. */
const QUIET_MS = 10 * 60 * 1000;
const REMEMBERED = 1000;

const name = z.string().min(1).max(253);
const body = z.strictObject({
  verb: name,
  group: z.string().max(253),
  resource: name,
  namespace: name,
  name: name.optional(),
  /** The permission in words: “merge pull requests of web”. */
  permission: z.string().min(1).max(200),
  note: z.string().max(500).optional(),
});

/**
 * `POST /access-requests`: a member asks for a permission they lack; the admins of the organization are told. It changes
 * nothing by itself. Answers who was asked, so that one can also walk over.
 */
export function createAccessRequestRouter(options: {
  authenticator: Authenticator;
  authorizer: Authorizer;
  directory: Directory;
  audit: AuditTrail;
  notifications: Pick<NotificationService, 'send'>;
  logger: LoggerService;
  now?(): number;
}): Router {
  const { authenticator, authorizer, directory, audit, notifications, logger, now = Date.now } = options;
  const asked = new Map<string, number>();
  const router = PromiseRouter();

  router.post('/access-requests', express.json({ limit: '8kb' }), async (request, response) => {
    const { principal } = await authenticator.authenticate(request);
    if (principal.type !== 'user') throw new ApiError('Unauthorized', 'Sign in first');
    const parsed = body.safeParse(request.body);
    if (!parsed.success) throw new ApiError('BadRequest', parsed.error.issues[0].message);
    const { permission, note, ...attributes } = parsed.data;
    const organization = organizationOf(attributes.namespace);
    await directory.catchUp();
    if (!organization || !directory.memberIn(attributes.namespace, principal.name))
      throw new ApiError(
        'NotFound',
        'You belong to no such organization; ask one of its admins for an invitation',
      );
    const { allowed } = await authorizer.authorize(principal, attributes);
    if (allowed) throw new ApiError('Conflict', `You may ${permission} already; load the page again`);

    const admins = adminsOf(attributes.namespace).filter(login => login !== principal.name);
    const isNew = remember(`${principal.name} ${JSON.stringify(attributes)}`);
    if (isNew && admins.length > 0) await tell(principal, { organization, admins, permission, note });
    await audit.record({
      principal,
      action: 'access.request',
      outcome: 'allowed',
      organization,
      details: { ...attributes, permission },
    });
    response.status(202).json({ admins, told: isNew });
  });

  async function tell(
    { name: login }: Extract<Principal, { type: 'user' }>,
    what: { organization: string; admins: string[]; permission: string; note?: string },
  ): Promise<void> {
    const { organization, admins, permission, note } = what;
    const user = directory.memberIn(namespaceOf(organization), login)?.user ?? login;
    await notifications.send({
      recipients: { type: 'entity', entityRef: admins.map(admin => `user:default/${admin}`) },
      payload: {
        title: `${login} asks to ${permission}`,
        description: note || `In ${organization}. Give a role, or access to one repository.`,
        link: `/orgs/${organization}/manage/access/members/${user}`,
        scope: `access/${organization}/${login}/${permission}`,
        severity: 'normal',
        topic: 'access',
      },
    });
  }

  function adminsOf(namespace: string): string[] {
    const mappings = directory.objects<IdentityMapping>(IdentityMapping.plural, namespace);
    const users = holdersOf('admin', {
      mappings,
      users: directory.objects<User>(User.plural, namespace),
      teams: directory.objects<Team>(Team.plural, namespace),
      bindings: directory.objects<AgentRoleBinding>(AgentRoleBinding.plural, namespace),
    });
    return mappings
      .filter(({ spec }) => spec.provider === BACKSTAGE_PROVIDER && users.includes(spec.user))
      .map(({ spec }) => spec.subject)
      .sort();
  }

  /** Whether this was not asked a moment ago. */
  function remember(question: string): boolean {
    const last = asked.get(question);
    if (last !== undefined && now() - last < QUIET_MS) return false;
    asked.delete(question);
    asked.set(question, now());
    if (asked.size > REMEMBERED) asked.delete(asked.keys().next().value!);
    return true;
  }

  router.use(statusErrors(logger));
  return router;
}
