/**
 * Who makes a request, always derived from credentials and never from a body.
 *
 * - `user`: a person. `name` is their Backstage user name (`user:default/<name>`); their rights in an organization come
 *   from the User that an IdentityMapping joins to them there. `limits` are those of the access token they used.
 * - `run`: one agent run or pipeline job, bound to its namespace, repository and ref. It can read what the run reads
 *   and write back through its own routes; it never approves or merges.
 * - `key`: a machine's SSH key (a deploy key or an automation's) in one namespace. It reads and pushes the repositories that
 *   its SSHKey names, and does nothing else.
 * - `system`: a component of Krate inside the process; never made from a request.
 * - `anonymous`: no credentials. May reach public repositories and health, nothing else.
 */
export type Principal =
  | { type: 'user'; name: string; limits?: TokenLimits }
  | {
      type: 'run';
      name: string;
      namespace: string;
      kind: string;
      uid: string;
      repository: string;
      ref?: string;
    }
  | { type: 'key'; name: string; namespace: string; uid: string }
  | { type: 'system'; name: string }
  | { type: 'anonymous' };

/** What an access token takes away from the rights of its person; it never adds any. */
export interface TokenLimits {
  /** It reads, and changes nothing. */
  readOnly?: true;
  /** It sees these organizations only. */
  organizations?: readonly string[];
}

/** The name a principal is recorded by in audit events, stamps and managed fields. */
export function principalName(principal: Principal): string {
  switch (principal.type) {
    case 'user':
      return principal.name;
    case 'run':
      return `run:${principal.namespace}/${principal.name}`;
    case 'key':
      return `key:${principal.namespace}/${principal.name}`;
    case 'system':
      return `system:krate:${principal.name}`;
    default:
      return 'anonymous';
  }
}
