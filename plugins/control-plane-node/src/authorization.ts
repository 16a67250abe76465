import { Principal } from './principal';

/** What a principal wants to do, in the words of a SelfSubjectAccessReview. */
export interface AccessAttributes {
  /** A Kubernetes verb, or an action of a kind (`approve`, `merge`, `cancel`), or a verb of an area (`push`). */
  verb: string;
  group: string;
  /** The plural. */
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

export interface AccessDecision {
  allowed: boolean;
  /** For people: which role or grant allowed it, or which one is missing and who can give it. */
  reason: string;
  /**
   * When given, an update may change these fields only (dotted paths): the caller holds the role of an action of the
   * kind, not the role that writes the kind. Admission holds them to it.
   */
  onlyFields?: readonly string[];
}

/** What a rule may look up. Every answer comes from caches; a rule does no I/O of its own. */
export interface AuthorizationContext {
  /** The principal's organization role in the namespace, from AgentRoleBindings; undefined for strangers. */
  roleIn(namespace: string): 'viewer' | 'developer' | 'maintainer' | 'admin' | undefined;
  /** Name of the User that the principal is in a namespace, and of the teams it is in. */
  membership(namespace: string): { user: string; teams: string[] } | undefined;
  /** Whether the principal has a role in any organization: more than being able to sign in, and nobody who is suspended. */
  belongs(): boolean;
  /** Objects of a small kind, read from the authorizer's cache. The kind must be named in `reads`. */
  objects<T>(resource: string, namespace: string): readonly T[];
}

/**
 * An area's own rule. Consulted after the built-in role rules abstain or deny; one `allow` is enough, and a `deny` from
 * any rule wins over every allow.
 */
export interface AuthorizationRule {
  name: string;
  /** Plurals of Krate kinds whose objects the rule looks up. */
  reads?: readonly string[];
  decide(
    principal: Principal,
    attributes: AccessAttributes,
    context: AuthorizationContext,
  ): { decision: 'allow' | 'deny'; reason: string } | undefined;
}
