import {
  Namespace,
  Organization,
  organizationOf,
  OrgNamespaceBinding,
  PLATFORM_NAMESPACE,
} from '@krate/plugin-control-plane-common';
import { AccessAttributes, Membership, Principal, TokenLimits } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import type { Request } from 'express';
import { isRead } from './roles';

type Person = Extract<Principal, { type: 'user' }>;

/** Asking about oneself changes nothing, though it is a create. */
const SELF_REVIEWS = ['authorization.k8s.io', 'authentication.k8s.io'];

/** Why the limits of an access token refuse something; undefined when they do not. */
export function refusedByLimits(principal: Principal, attributes: AccessAttributes): string | undefined {
  if (principal.type !== 'user' || !principal.limits) return undefined;
  const { readOnly, organizations } = principal.limits;
  if (SELF_REVIEWS.includes(attributes.group)) return undefined;
  if (readOnly && !isRead(attributes.verb)) return 'the access token is read-only; use one that may write';
  if (!organizations) return undefined;
  const home = homeOf(attributes);
  if (home === 'platform')
    return isRead(attributes.verb) ? undefined : 'the access token is not for the platform';
  return home !== undefined && organizations.includes(home)
    ? undefined
    : 'the access token is for other organizations; use one that is for this one';
}

/** The organization that something is of; `platform` for what every organization reads there. */
function homeOf({ resource, namespace, name }: AccessAttributes): string | undefined {
  if (resource === Organization.plural || resource === OrgNamespaceBinding.plural) return name;
  if (resource === Namespace.plural) return organizationOf(name);
  return namespace === PLATFORM_NAMESPACE ? 'platform' : organizationOf(namespace);
}

/** Refuses the routes that change something and ask no authorizer. */
export function assertWrites(principal: Person): void {
  if (!principal.limits?.readOnly) return;
  throw new ApiError('Forbidden', 'The access token is read-only; use one that may write');
}

/** The limits a body asks for: only organizations its sender belongs to, and no fewer limits than the sender has. */
export async function limitsIn(
  request: Request,
  principal: Person,
  organizationsOf: (principal: Principal) => Promise<Membership[]>,
): Promise<TokenLimits> {
  const { readOnly, organizations } = request.body ?? {};
  if (readOnly !== undefined && typeof readOnly !== 'boolean')
    throw new ApiError('BadRequest', '"readOnly" must be true or false');
  const wanted = namesIn(organizations);
  if (wanted) {
    const own = (await organizationsOf(principal)).map(({ organization }) => organization);
    const foreign = wanted.find(name => !own.includes(name));
    if (foreign) throw new ApiError('BadRequest', `You belong to no organization called "${foreign}"`);
  }
  const held = principal.limits ?? {};
  const kept = wanted ?? held.organizations;
  return {
    ...(readOnly || held.readOnly ? { readOnly: true as const } : {}),
    ...(kept ? { organizations: kept } : {}),
  };
}

function namesIn(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const good = Array.isArray(value) && value.length > 0 && value.every(name => typeof name === 'string');
  if (good) return value as string[];
  throw new ApiError('BadRequest', '"organizations" must be a list of names; leave it out for all of them');
}

/** A person as a token with these limits makes them. */
export function withLimits(principal: Person, limits: TokenLimits): Person {
  const { type, name } = principal;
  return Object.keys(limits).length > 0 ? { type, name, limits } : { type, name };
}
