import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { PermissionPolicy, PolicyQuery, PolicyQueryUser } from '@backstage/plugin-permission-node';
import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { ControlPlane, Principal } from '@krate/plugin-control-plane-node';
import { readableEntities } from './readableEntities';

const CATALOG_ENTITY = 'catalog-entity';
const SCAFFOLDER_TASK = 'scaffolder-task';
/** `krate.<plural>.<verb>`: permissions on Krate's own resources. */
const KRATE_PERMISSION = /^krate\.([a-z]+)\.([a-z]+)$/;
/**
 * What managing the portal itself needs an administrator for, although it is no write of a catalog entity. The location of
 * an entity is told to whoever may read locations, whether or not they may read the entity.
 */
const ADMINISTRATIVE = ['scaffolder.template.management', 'catalog.ingestion.read', 'catalog.location.read'];

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * The portal's policy. Nothing is allowed without sign-in. A platform administrator may do everything; everybody else reads
 * the catalog of their own organizations, uses templates and their own tasks, and changes nothing in the catalog, which is a
 * projection. What concerns Krate's resources is decided by the authorizer that decides on requests.
 */
export class KratePolicy implements PermissionPolicy {
  constructor(private readonly controlPlane: () => Promise<ControlPlane>) {}

  async handle({ permission }: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    const login = user && loginOf(user);
    if (!login) return DENY;
    const principal: Principal = { type: 'user', name: login };
    const controlPlane = await this.controlPlane();
    const own = KRATE_PERMISSION.exec(permission.name);
    if (own) return this.onKrate(controlPlane, principal, { resource: own[1], verb: own[2] });
    if (await controlPlane.isPlatformAdministrator(principal)) return ALLOW;
    if (isResourcePermission(permission, CATALOG_ENTITY))
      return this.onEntity(controlPlane, principal, permission);
    if (isResourcePermission(permission, SCAFFOLDER_TASK)) return ownTasks(login);
    return isForEverybody(permission) ? ALLOW : DENY;
  }

  private async onEntity(
    controlPlane: ControlPlane,
    principal: Extract<Principal, { type: 'user' }>,
    permission: Permission,
  ): Promise<PolicyDecision> {
    if (permission.attributes.action !== 'read' && permission.name !== 'catalog.entity.refresh') return DENY;
    const memberships = await controlPlane.organizationsOf(principal);
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      resourceType: CATALOG_ENTITY,
      conditions: readableEntities(
        principal.name,
        memberships.filter(({ role }) => role).map(({ organization }) => organization),
      ),
    };
  }

  private async onKrate(
    controlPlane: ControlPlane,
    principal: Principal,
    asked: { resource: string; verb: string },
  ): Promise<PolicyDecision> {
    const kind = controlPlane.kinds.all().find(({ plural }) => plural === asked.resource);
    if (!kind) return DENY;
    const namespace = kind.platform ? PLATFORM_NAMESPACE : undefined;
    const { allowed } = await controlPlane.authorize(principal, { ...asked, group: kind.group, namespace });
    return allowed ? ALLOW : DENY;
  }
}

/** People of the portal are users of the catalog's default namespace. */
function loginOf({ credentials }: PolicyQueryUser): string | undefined {
  const { userEntityRef } = credentials.principal as { userEntityRef?: string };
  return /^user:default\/([^/]+)$/.exec(userEntityRef ?? '')?.[1];
}

function ownTasks(login: string): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'scaffolder',
    resourceType: SCAFFOLDER_TASK,
    conditions: {
      rule: 'IS_TASK_OWNER',
      resourceType: SCAFFOLDER_TASK,
      params: { createdBy: [`user:default/${login}`] },
    },
  };
}

/** Reading, and using templates, is for everybody who is signed in. Writes to the catalog are not. */
function isForEverybody({ name, attributes }: Permission): boolean {
  if (ADMINISTRATIVE.includes(name)) return false;
  return name.startsWith('scaffolder.') || attributes.action === 'read';
}
