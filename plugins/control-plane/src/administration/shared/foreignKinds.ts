import { Kind, KRATE_GROUP, KRATE_VERSION, Resource } from '@krate/resource-model';

/** Kinds of areas, addressed by name: the portal's own pages import no area. */
function foreign(kind: string, plural: string): Kind {
  const address = {
    group: KRATE_GROUP,
    version: KRATE_VERSION,
    apiVersion: `${KRATE_GROUP}/${KRATE_VERSION}`,
    resource: `${plural}.${KRATE_GROUP}`,
    kind,
    plural,
  };
  return address as Kind;
}

export const REPOSITORY = foreign('Repository', 'repositories');
export const REPOSITORY_PERMISSION = foreign('RepositoryPermission', 'repositorypermissions');
export const SECRET_GRANT = foreign('AgentSecretGrant', 'agentsecretgrants');
export const PROVIDER_CONFIG = foreign('AgentProviderConfig', 'agentproviderconfigs');

/** A RepositoryPermission as these pages use it. */
export interface RepositoryPermissionView extends Resource {
  spec: {
    repository: string;
    subject: { kind: 'User' | 'Team'; name: string };
    permission: 'read' | 'write' | 'admin';
    revoked?: boolean;
  };
}

/** An AgentSecretGrant as these pages use it. */
export interface SecretGrantView extends Resource {
  spec: {
    subject: { kind: string; name: string };
    secretRef: { name: string; keys: string[] };
    purpose: string;
    revoked?: boolean;
  };
}
